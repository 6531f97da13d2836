import type { SubAppId } from '@libs/kernel'
import { TakeFinished } from '@libs/workflow'
import { Body, Headers, Post, Query } from '@nestjs/common'
import { z } from 'zod'
import { Caller } from '../caller'
import { checkInput } from '../check-input'
import { Operation } from '../openapi/operation'
import type { View } from '../openapi/view'
import { RestController } from '../rest-controller'
import { readTusdHook, tusdHook, TusdHookQuery } from './tusd-hook'

const takenView = z
  .object({ mediaId: z.string().optional(), runId: z.string().optional() })
  .meta({ id: 'TakenUpload', description: 'Nothing where there was nothing to do, or it was done before.' })

const example = {
  Type: 'post-finish',
  Event: { Upload: { ID: '14b1c4c77771671a8479bc0444bbc5ce', MetaData: { filename: 'trailer.mp4' } } },
}

@RestController('hooks', { acting: 'upload' })
export class TusdHookController {
  constructor(private readonly takeFinished: TakeFinished) {}

  /** `post-finish` makes a media; what else tusd tells is answered and passed over. */
  @Post('tusd')
  @Operation({
    summary: 'Hear of tusd that an upload has come',
    status: 200,
    answers: takenView,
    takes: { 'application/json': tusdHook },
    refuses: ['procedure.notFound'],
    example: { query: { from: 'https://uploads.example.com/files/', procedure: 'previews' }, body: example },
  })
  async hear(
    @Caller() subAppId: SubAppId,
    @Query() query: TusdHookQuery,
    @Headers('hook-name') hookName: string | undefined,
    @Body() body: unknown,
  ): Promise<View<typeof takenView>> {
    const file = readTusdHook(checkInput(tusdHook, body), hookName, query, subAppId)
    const taken = file && (await this.takeFinished.execute(file))
    return taken === undefined ? {} : { mediaId: taken.mediaId, ...(taken.runId && { runId: taken.runId }) }
  }
}

import { AppError, type SubAppId, toAppError } from '@libs/kernel'
import { SourceStore } from '@libs/tasks'
import { type IdempotencyKey, RegisterMedia } from '@libs/workflow'
import { Body, Post, Res, UploadedFile, UseInterceptors } from '@nestjs/common'
import { FileInterceptor } from '@nestjs/platform-express'
import type { ServerResponse } from 'node:http'
import { Caller } from '../caller'
import { checkInput } from '../check-input'
import { Operation } from '../openapi/operation'
import type { View } from '../openapi/view'
import { Once } from '../preconditions/once'
import { RestController } from '../rest-controller'
import { registeredMediaView } from './media-view'
import { registerMediaBody, registerMediaForm, toRegisterMedia } from './register-media-body'

const takes = { 'application/json': registerMediaBody, 'multipart/form-data': registerMediaForm }

@RestController('media', { acting: 'upload' })
export class MediaController {
  constructor(
    private readonly registerMedia: RegisterMedia,
    private readonly sources: SourceStore,
  ) {}

  /** A form with a file, or JSON with a URL; a procedure named with it runs as soon as the media is ready. */
  @Post()
  @UseInterceptors(FileInterceptor('file'))
  @Operation({
    summary: 'Upload a video by a form, or have one pulled from a URL',
    status: 201,
    answers: registeredMediaView,
    once: true,
    takes,
    refuses: ['procedure.notFound', 'queue.notFound', 'session.duplicate', 'url.refused', 'storage.full'],
    example: {
      body: { url: 'https://example.com/videos/trailer.mp4', procedure: 'previews' },
      bodies: { 'multipart/form-data': { file: 'the bytes of a video', name: 'Trailer', procedure: 'previews' } },
    },
  })
  async register(
    @Caller() subAppId: SubAppId,
    @UploadedFile() upload: Express.Multer.File | undefined,
    @Body() body: unknown,
    @Once() key: IdempotencyKey | undefined,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<View<typeof registeredMediaView>> {
    try {
      if (upload !== undefined && key !== undefined) throw unknownBytes()
      const checked = checkInput(registerMediaBody, body)
      const command = toRegisterMedia(checked, upload, subAppId, () => this.registerMedia.nextId())
      const registered = await this.registerMedia.execute({ ...command, key })
      response.setHeader('Location', `/v1/media/${registered.mediaId}`)
      return registered
    } catch (thrown) {
      // After any other failure the media may have been stored all the same, and would be without its bytes.
      if (upload !== undefined && toAppError(thrown).blame === 'caller') await this.sources.remove(upload.path)
      throw thrown
    }
  }
}

/** Whether a file is the same one nobody knows before it is there again. */
function unknownBytes(): AppError {
  return new AppError('feature.unsupported', 'Only what is pulled from a URL is done once under a key.', {
    field: 'Idempotency-Key',
  })
}

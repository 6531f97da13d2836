import type { SubAppId } from '@libs/kernel'
import { FollowBucket } from '@libs/workflow'
import { Body, Post, Query } from '@nestjs/common'
import { ApiQuery } from '@nestjs/swagger'
import { z } from 'zod'
import { Caller } from '../caller'
import { checkInput } from '../check-input'
import { Operation } from '../openapi/operation'
import type { View } from '../openapi/view'
import { RestController } from '../rest-controller'
import { toRunOrder, runOrderShape } from '../runs/run-order-body'
import { type BucketEvent, bucketNotice, readBucketEvents } from './bucket-events'
import { BucketHookQuery, type BucketRule, ruleFor } from './bucket-rules'

const followedView = z
  .object({
    created: z.array(z.object({ key: z.string(), mediaId: z.string(), runId: z.string().optional() })),
    removed: z.array(z.object({ key: z.string(), mediaId: z.string() })),
  })
  .meta({ id: 'FollowedBucket', description: 'What has been done; what was known, or no rule takes, is not among it.' })

type Followed = View<typeof followedView>

const usual = z.object(runOrderShape)

const example = {
  Records: [
    {
      eventName: 's3:ObjectCreated:Put',
      s3: {
        bucket: { name: 'videos' },
        object: { key: 'films/trailer.mp4', eTag: '1d97bf45ecb37f7a7b699418070df08f', sequencer: '147CE57C70B31931' },
      },
    },
  ],
}

@RestController('hooks', { acting: 'upload' })
export class BucketHookController {
  constructor(private readonly followBucket: FollowBucket) {}

  /** An object that came is a media, one that went is none any more. */
  @Post('s3')
  @ApiQuery({
    name: 'rule',
    description:
      'Procedures by key, `<procedure>:<prefix>*<suffix>`: the first that fits. Without a procedure none runs.',
    schema: { type: 'array', minItems: 1, maxItems: 100, items: { type: 'string' } },
  })
  @Operation({
    summary: 'Hear of a bucket that objects have come or gone',
    status: 200,
    answers: followedView,
    takes: { 'application/json': bucketNotice },
    refuses: ['auth.forbidden', 'procedure.notFound', 'storage.failed'],
    example: { query: { rule: ['previews:films/*.mp4'] }, body: example },
  })
  async hear(
    @Caller() subAppId: SubAppId,
    @Query() { rule }: BucketHookQuery,
    @Body() body: unknown,
  ): Promise<Followed> {
    const created: Followed['created'][number][] = []
    const removed: Followed['removed'][number][] = []
    for (const event of readBucketEvents(checkInput(bucketNotice, body))) {
      const { key } = event.version
      if (event.happened === 'removed') {
        const mediaId = await this.followBucket.removed(subAppId, event.version)
        if (mediaId !== undefined) removed.push({ key, mediaId })
      } else {
        const taken = await this.take(subAppId, event, ruleFor(key, rule))
        if (taken !== undefined) {
          created.push({ key, mediaId: taken.mediaId, ...(taken.runId !== undefined && { runId: taken.runId }) })
        }
      }
    }
    return { created, removed }
  }

  private async take(subAppId: SubAppId, { version, tag }: BucketEvent, rule: BucketRule | undefined) {
    if (rule === undefined) return undefined
    const order = toRunOrder(usual.parse({}))
    const procedure = rule.procedure === '' ? undefined : { ...order, name: rule.procedure }
    return this.followBucket.created(subAppId, version, tag, procedure)
  }
}

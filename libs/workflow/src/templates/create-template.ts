import { AppError, type Clock, type SubAppId } from '@libs/kernel'
import type { TemplateName } from '@libs/tasks'
import { z } from 'zod'
import type { IdempotencyKey } from '../ports/idempotency-key.store.port'
import type { NewTemplate } from '../ports/stores/template.store.port'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'
import { runOnce } from '../repeats/run-once'

/** How many custom templates a sub-application has (Tencent Cloud VOD, the pages of the Create…Template actions). */
const mostTemplates: Readonly<Record<TemplateName, number>> = {
  snapshotByTimeOffset: 16,
  sampleSnapshot: 16,
  imageSprite: 16,
  watermark: 1000,
}

export class CreateTemplate {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @param key under which it is done once
   * @returns the new template's definition
   * @throws AppError `template.limitReached`, what `runOnce` throws
   */
  async execute<Name extends TemplateName>(
    subAppId: SubAppId,
    template: NewTemplate<Name>,
    key?: IdempotencyKey,
  ): Promise<number> {
    const most = mostTemplates[template.template]
    const at = new Date(this.clock.nowMs())
    return runOnce(this.work, { subAppId, key, at, kept: z.int() }, async ({ templates }) => {
      if ((await templates.countForInsert(subAppId, template.template)) < most) {
        return templates.insert(subAppId, template, at)
      }
      throw new AppError('template.limitReached', `There are ${most} custom templates of this kind already.`)
    })
  }
}

import { AppError, type Clock, type SubAppId } from '@libs/kernel'
import type { TemplateName } from '@libs/tasks'
import { z } from 'zod'
import type { IdempotencyKey } from '../ports/stores/callers/idempotency-key.store.port'
import type { NewTemplate } from '../ports/stores/template.store.port'
import type { SubAppStores, SubAppWork } from '../ports/stores/unit-of-work.port'
import { runOnce } from '../repeats/run-once'

/** How many custom templates of a kind a sub-application has, where its vendor says no less. */
const mostTemplates = 1000

async function insert<Name extends TemplateName>(
  { templates }: SubAppStores,
  subAppId: SubAppId,
  template: NewTemplate<Name>,
  { at, most }: { readonly at: Date; readonly most: number },
): Promise<number> {
  if ((await templates.countForInsert(subAppId, template.template)) < most) {
    return templates.insert(subAppId, template, at)
  }
  throw new AppError('template.limitReached', `There are ${most} custom templates of this kind already.`)
}

export class CreateTemplate {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @param key under which it is done once
   * @param most how many of the kind there may be
   * @returns the new template's definition
   * @throws AppError `template.limitReached`, what `runOnce` throws
   */
  async execute<Name extends TemplateName>(
    subAppId: SubAppId,
    template: NewTemplate<Name>,
    { key, most = mostTemplates }: { readonly key?: IdempotencyKey | undefined; readonly most?: number } = {},
  ): Promise<number> {
    const at = new Date(this.clock.nowMs())
    return runOnce(this.work, { subAppId, key, at, kept: z.int() }, (stores) =>
      insert(stores, subAppId, template, { at, most }),
    )
  }

  /** As `execute`. @returns the new template's definition and when it was made @throws AppError `template.limitReached` */
  async dated<Name extends TemplateName>(subAppId: SubAppId, template: NewTemplate<Name>) {
    const createdAt = new Date(this.clock.nowMs())
    const rules = { at: createdAt, most: mostTemplates }
    const definition = await this.work.run(subAppId, (stores) => insert(stores, subAppId, template, rules))
    return { definition, createdAt }
  }
}

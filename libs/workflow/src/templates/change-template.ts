import { AppError, type Clock, type SubAppId } from '@libs/kernel'
import type { TemplateName } from '@libs/tasks'
import type { NewTemplate } from '../ports/stores/template.store.port'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'
import { presetOf } from './preset-templates'
import type { Template } from './template'

/** A custom template, by what it is of and its definition. */
export interface TemplateId<Name extends TemplateName> {
  readonly template: Name
  readonly definition: number
}

/** What was accepted keeps the settings that it was accepted with. */
export class ChangeTemplate {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @param revise makes the new template of the one that is there
   * @throws AppError `template.notFound`, `template.isPreset`, and what `revise` throws
   */
  async execute<Name extends TemplateName>(
    subAppId: SubAppId,
    id: TemplateId<Name>,
    revise: (current: Template<Name>) => NewTemplate<Name>,
  ): Promise<void> {
    refusePreset(id)
    await this.work.run(subAppId, async (stores) => {
      const current = await stores.templates.findForChange(subAppId, id)
      if (current === undefined) throw unknownTemplate(id)
      // Who has no word for it changes it neither.
      const changed = { retainResultsDays: current.retainResultsDays, ...revise(current) }
      await stores.templates.replace(id.definition, changed, new Date(this.clock.nowMs()))
    })
  }
}

export class DeleteTemplate {
  constructor(private readonly work: SubAppWork) {}

  /**
   * Procedures that name it fail from then on.
   * @param check sees the template that is about to go
   * @throws AppError `template.notFound`, `template.isPreset`, and what `check` throws
   */
  async execute<Name extends TemplateName>(
    subAppId: SubAppId,
    id: TemplateId<Name>,
    check?: (current: Template<Name>) => void,
  ): Promise<void> {
    refusePreset(id)
    await this.work.run(subAppId, async ({ templates }) => {
      const current = await templates.findForChange(subAppId, id)
      if (current === undefined) throw unknownTemplate(id)
      check?.(current)
      await templates.remove(subAppId, id)
    })
  }
}

function refusePreset({ template, definition }: TemplateId<TemplateName>): void {
  if (presetOf(template)?.definition !== definition) return
  throw new AppError('template.isPreset', 'A preset can be neither changed nor deleted.', { field: 'definition' })
}

export function unknownTemplate({ template, definition }: TemplateId<TemplateName>): AppError {
  return new AppError('template.notFound', `There is no ${template} template with definition ${definition}.`, {
    field: 'definition',
  })
}

import { type Clock, type SubAppId } from '@libs/kernel'
import type { TemplateName } from '@libs/tasks'
import type { NewTemplate } from '../ports/stores/template.store.port'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'

export class CreateTemplate {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @returns the new template's definition */
  async execute<Name extends TemplateName>(subAppId: SubAppId, template: NewTemplate<Name>): Promise<number> {
    return this.unitOfWork.stores.templates.insert(subAppId, template, new Date(this.clock.nowMs()))
  }
}

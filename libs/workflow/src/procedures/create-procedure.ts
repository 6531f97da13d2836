import { AppError, type Clock, type SubAppId } from '@libs/kernel'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'
import { loadTemplates } from '../templates/load-templates'
import type { TaskRequest } from './procedure'

export interface CreateProcedureCommand {
  readonly subAppId: SubAppId
  readonly name: string
  readonly comment: string
  readonly tasks: readonly TaskRequest[]
}

export class CreateProcedure {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `procedure.alreadyExists`, `template.notFound` */
  async execute({ subAppId, name, comment, tasks }: CreateProcedureCommand): Promise<void> {
    const at = new Date(this.clock.nowMs())
    await this.unitOfWork.run(async (stores) => {
      await loadTemplates(stores, subAppId, tasks)
      const procedure = { name, type: 'custom', comment, tasks, createdAt: at, updatedAt: at } as const
      if (await stores.procedures.insert(subAppId, procedure)) return
      throw new AppError('procedure.alreadyExists', `A procedure named "${name}" is there already.`, { field: 'name' })
    })
  }
}

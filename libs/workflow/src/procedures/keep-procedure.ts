import { AppError, type Clock, type SubAppId } from '@libs/kernel'
import type { SubAppStores, SubAppWork } from '../ports/stores/unit-of-work.port'
import { loadTemplates } from '../templates/load-templates'
import { presetProcedures } from './preset-procedures'
import type { Procedure, TaskRequest } from './procedure'

/** Tencent Cloud VOD, "CreateProcedureTemplate": at most 50 custom task flows. */
const mostProcedures = 50

export interface ProcedureCommand {
  readonly subAppId: SubAppId
  readonly name: string
  readonly comment: string
  readonly tasks: readonly TaskRequest[]
}

type ProcedureCheck = (current: Procedure) => void

export class CreateProcedure {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `procedure.alreadyExists`, `procedure.limitReached`, `template.notFound` */
  async execute({ subAppId, name, comment, tasks }: ProcedureCommand): Promise<void> {
    const at = new Date(this.clock.nowMs())
    if (isPreset(name)) throw taken(name)
    await this.work.run(subAppId, async (stores) => {
      await loadTemplates(stores, subAppId, tasks)
      const count = await stores.procedures.countForInsert(subAppId)
      const procedure = { name, type: 'custom', comment, tasks, createdAt: at, updatedAt: at } as const
      if (!(await stores.procedures.insert(subAppId, procedure))) throw taken(name)
      if (count < mostProcedures) return
      throw new AppError('procedure.limitReached', `There are ${mostProcedures} procedures already.`)
    })
  }
}

/** Gives a procedure other tasks and another comment: nothing of the earlier ones stays. */
export class ResetProcedure {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @param check sees the procedure as it is before
   * @throws AppError `procedure.notFound`, `procedure.isPreset`, `template.notFound`, and what `check` throws
   */
  async execute({ subAppId, name, comment, tasks }: ProcedureCommand, check?: ProcedureCheck): Promise<void> {
    refusePreset(name)
    await this.work.run(subAppId, async (stores) => {
      await checkCurrent(stores, subAppId, name, check)
      await loadTemplates(stores, subAppId, tasks)
      await stores.procedures.replace(subAppId, { name, comment, tasks }, new Date(this.clock.nowMs()))
    })
  }
}

export class DeleteProcedure {
  constructor(private readonly work: SubAppWork) {}

  /**
   * @param check sees the procedure that is about to go
   * @throws AppError `procedure.notFound`, `procedure.isPreset`, and what `check` throws
   */
  async execute(subAppId: SubAppId, name: string, check?: ProcedureCheck): Promise<void> {
    refusePreset(name)
    await this.work.run(subAppId, async (stores) => {
      await checkCurrent(stores, subAppId, name, check)
      await stores.procedures.remove(subAppId, name)
    })
  }
}

/** Until the transaction ends, nobody else changes what was looked at. */
async function checkCurrent(
  { procedures }: SubAppStores,
  subAppId: SubAppId,
  name: string,
  check: ProcedureCheck | undefined,
): Promise<void> {
  const current = await procedures.findForChange(subAppId, name)
  if (current === undefined) throw unknownProcedure(name)
  check?.(current)
}

function isPreset(name: string): boolean {
  return presetProcedures.some((procedure) => procedure.name === name)
}

function refusePreset(name: string): void {
  if (!isPreset(name)) return
  throw new AppError('procedure.isPreset', 'A preset can be neither changed nor deleted.', { field: 'name' })
}

function taken(name: string): AppError {
  return new AppError('procedure.alreadyExists', `A procedure named "${name}" is there already.`, { field: 'name' })
}

export function unknownProcedure(name: string): AppError {
  return new AppError('procedure.notFound', `There is no procedure named "${name}".`, { field: 'name' })
}

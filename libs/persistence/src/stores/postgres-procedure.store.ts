import type { SubAppId } from '@libs/kernel'
import { type Procedure, ProcedureStore, taskRequests } from '@libs/workflow'
import { type EntityManager, In } from 'typeorm'
import { ProcedureEntity } from '../entities/procedure.entity'

function toProcedure({ name, comment, tasks, createdAt, updatedAt }: ProcedureEntity): Procedure {
  return { name, type: 'custom', comment, tasks: taskRequests.parse(tasks), createdAt, updatedAt }
}

export class PostgresProcedureStore extends ProcedureStore {
  constructor(private readonly manager: EntityManager) {
    super()
  }

  override async insert(
    subAppId: SubAppId,
    { name, comment, tasks, createdAt, updatedAt }: Procedure,
  ): Promise<boolean> {
    const inserted = await this.manager.query<unknown[]>(
      `insert into procedure (sub_app_id, name, comment, tasks, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning name`,
      [subAppId, name, comment, JSON.stringify(tasks), createdAt, updatedAt],
    )
    return inserted.length === 1
  }

  override async countForInsert(subAppId: SubAppId): Promise<number> {
    await this.manager.query("select pg_advisory_xact_lock(hashtext('procedure'), $1)", [subAppId])
    return this.manager.countBy(ProcedureEntity, { subAppId })
  }

  override async findForChange(subAppId: SubAppId, name: string): Promise<Procedure | undefined> {
    const lock = { mode: 'pessimistic_write' } as const
    const row = await this.manager.findOne(ProcedureEntity, { where: { subAppId, name }, lock })
    return row === null ? undefined : toProcedure(row)
  }

  override async replace(
    subAppId: SubAppId,
    { name, comment, tasks }: Pick<Procedure, 'name' | 'comment' | 'tasks'>,
    at: Date,
  ): Promise<void> {
    await this.manager.query(
      'update procedure set comment = $3, tasks = $4, updated_at = $5 where sub_app_id = $1 and name = $2',
      [subAppId, name, comment, JSON.stringify(tasks), at],
    )
  }

  override async remove(subAppId: SubAppId, name: string): Promise<void> {
    await this.manager.delete(ProcedureEntity, { subAppId, name })
  }

  override async find(subAppId: SubAppId, name: string): Promise<Procedure | undefined> {
    const row = await this.manager.findOneBy(ProcedureEntity, { subAppId, name })
    return row === null ? undefined : toProcedure(row)
  }

  override async list(subAppId: SubAppId, names: readonly string[] | undefined): Promise<readonly Procedure[]> {
    const rows = await this.manager.find(ProcedureEntity, {
      where: { subAppId, ...(names && { name: In([...names]) }) },
      order: { createdAt: 'asc', name: 'asc' },
    })
    return rows.map(toProcedure)
  }
}

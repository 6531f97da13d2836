import type { SubAppId } from '@libs/kernel'
import { type NamedQueue, type NamedQueueSettings, openTaskStates, QueueStore } from '@libs/workflow'
import type { EntityManager } from 'typeorm'
import { NamedQueueEntity } from '../entities/named-queue.entity'

function toQueue({ name, comment, limit, priority, paused, createdAt, updatedAt }: NamedQueueEntity): NamedQueue {
  return { name, comment, limit, priority, paused, createdAt, updatedAt }
}

export class PostgresQueueStore extends QueueStore {
  constructor(private readonly manager: EntityManager) {
    super()
  }

  override async countForInsert(subAppId: SubAppId): Promise<number> {
    await this.manager.query("select pg_advisory_xact_lock(hashtext('named_queue'), $1)", [subAppId])
    return this.manager.countBy(NamedQueueEntity, { subAppId })
  }

  override async insert(subAppId: SubAppId, queue: NamedQueue): Promise<boolean> {
    const { name, comment, limit, priority, paused, createdAt, updatedAt } = queue
    const inserted = await this.manager.query<unknown[]>(
      `insert into named_queue (sub_app_id, name, comment, task_limit, priority, paused, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning name`,
      [subAppId, name, comment, limit, priority, paused, createdAt, updatedAt],
    )
    return inserted.length === 1
  }

  override async list(subAppId: SubAppId): Promise<readonly NamedQueue[]> {
    const order = { createdAt: 'asc', name: 'asc' } as const
    return (await this.manager.find(NamedQueueEntity, { where: { subAppId }, order })).map(toQueue)
  }

  override async find(subAppId: SubAppId, name: string): Promise<NamedQueue | undefined> {
    const row = await this.manager.findOneBy(NamedQueueEntity, { subAppId, name })
    return row === null ? undefined : toQueue(row)
  }

  /** The weakest of locks: it is in the way of removing, and neither of a change nor of those who claim. */
  override async keep(subAppId: SubAppId, name: string): Promise<boolean> {
    const found = await this.manager.query<unknown[]>(
      'select from named_queue where sub_app_id = $1 and name = $2 for key share',
      [subAppId, name],
    )
    return found.length === 1
  }

  /** Waits for whoever claims by the earlier settings: they hold the row until their claim is committed. */
  override async change(
    subAppId: SubAppId,
    name: string,
    change: Partial<NamedQueueSettings>,
    at: Date,
  ): Promise<NamedQueue | undefined> {
    await this.manager.update(NamedQueueEntity, { subAppId, name }, { ...change, updatedAt: at })
    return this.find(subAppId, name)
  }

  override async remove(subAppId: SubAppId, name: string): Promise<boolean> {
    const { affected } = await this.manager.delete(NamedQueueEntity, { subAppId, name })
    return affected === 1
  }

  override async hasOpenTasks(subAppId: SubAppId, name: string): Promise<boolean> {
    // One by one, for each state has an index of its own.
    const tasks = openTaskStates.map(
      (state) => `select from task where sub_app_id = $1 and queue = $2 and state = '${state}'`,
    )
    const found = await this.manager.query<unknown[]>(`${tasks.join(' union all ')} limit 1`, [subAppId, name])
    return found.length > 0
  }
}

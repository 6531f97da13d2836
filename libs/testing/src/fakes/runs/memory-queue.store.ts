import type { SubAppId } from '@libs/kernel'
import { type NamedQueue, type NamedQueueSettings, openTaskStates, QueueStore } from '@libs/workflow'
import type { MemoryTables } from '../memory-tables'

const keyOf = (subAppId: SubAppId, name: string) => `${subAppId}/${name}`

export class MemoryQueueStore extends QueueStore {
  constructor(private readonly tables: MemoryTables) {
    super()
  }

  override async countForInsert(subAppId: SubAppId): Promise<number> {
    return (await this.list(subAppId)).length
  }

  override async insert(subAppId: SubAppId, queue: NamedQueue): Promise<boolean> {
    if (await this.keep(subAppId, queue.name)) return false
    this.tables.queues.set(keyOf(subAppId, queue.name), { subAppId, queue })
    return true
  }

  override async list(subAppId: SubAppId): Promise<readonly NamedQueue[]> {
    const own = [...this.tables.queues.values()].filter((row) => row.subAppId === subAppId)
    return own.map(({ queue }) => queue).sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
  }

  override async find(subAppId: SubAppId, name: string): Promise<NamedQueue | undefined> {
    return this.tables.queues.get(keyOf(subAppId, name))?.queue
  }

  override async keep(subAppId: SubAppId, name: string): Promise<boolean> {
    return this.tables.queues.has(keyOf(subAppId, name))
  }

  override async change(
    subAppId: SubAppId,
    name: string,
    change: Partial<NamedQueueSettings>,
    at: Date,
  ): Promise<NamedQueue | undefined> {
    const queue = await this.find(subAppId, name)
    if (queue === undefined) return undefined
    const changed = { ...queue, ...change, updatedAt: at }
    this.tables.queues.set(keyOf(subAppId, name), { subAppId, queue: changed })
    return changed
  }

  override async remove(subAppId: SubAppId, name: string): Promise<boolean> {
    return this.tables.queues.delete(keyOf(subAppId, name))
  }

  override async hasOpenTasks(subAppId: SubAppId, name: string): Promise<boolean> {
    return [...this.tables.tasks.values()].some(({ task }) => {
      const run = this.tables.runs.get(task.runId)
      return run?.subAppId === subAppId && run.queue === name && openTaskStates.includes(task.state)
    })
  }
}

import { AppError, type Clock, type SubAppId } from '@libs/kernel'
import { type Page, pageOf, type PageRequest } from '../page'
import type { Doorbell } from '../ports/doorbell.port'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'
import { type NamedQueue, type NamedQueueSettings, unknownQueue } from './named-queue'

const mostQueues = 100

/** What a caller does to the named queues of a sub-application. */
export class ManageQueues {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
  ) {}

  /** @throws AppError `queue.alreadyExists`, `queue.limitReached` */
  async create(subAppId: SubAppId, name: string, settings: NamedQueueSettings): Promise<NamedQueue> {
    const at = new Date(this.clock.nowMs())
    const queue = { ...settings, name, createdAt: at, updatedAt: at }
    await this.work.run(subAppId, async ({ queues }) => {
      const count = await queues.countForInsert(subAppId)
      if (!(await queues.insert(subAppId, queue))) {
        throw new AppError('queue.alreadyExists', `A queue named "${name}" is there already.`, { field: 'name' })
      }
      if (count >= mostQueues) throw new AppError('queue.limitReached', `There are ${mostQueues} queues already.`)
    })
    return queue
  }

  /** Oldest first. */
  async list(subAppId: SubAppId, page: PageRequest): Promise<Page<NamedQueue>> {
    return pageOf(await this.work.run(subAppId, ({ queues }) => queues.list(subAppId)), page)
  }

  /** @throws AppError `queue.notFound` */
  async describe(subAppId: SubAppId, name: string): Promise<NamedQueue> {
    return orUnknown(await this.work.run(subAppId, ({ queues }) => queues.find(subAppId, name)), name)
  }

  /** When it returns, no more tasks go to the workers than it says from now on. @throws AppError `queue.notFound` */
  async change(subAppId: SubAppId, name: string, change: Partial<NamedQueueSettings>): Promise<NamedQueue> {
    const at = new Date(this.clock.nowMs())
    const changed = await this.work.run(subAppId, ({ queues }) => queues.change(subAppId, name, change, at))
    this.doorbell.ring('tasks')
    return orUnknown(changed, name)
  }

  /** Runs that have ended keep its name. @throws AppError `queue.notFound`, `queue.inUse` while a run in it has not ended */
  async remove(subAppId: SubAppId, name: string): Promise<void> {
    await this.work.run(subAppId, async ({ queues }) => {
      // Removed before it is looked at: whoever puts a run in it meanwhile has either committed or finds it gone.
      if (!(await queues.remove(subAppId, name))) throw unknownQueue(name, 'name')
      if (!(await queues.hasOpenTasks(subAppId, name))) return
      throw new AppError('queue.inUse', `The queue "${name}" holds runs that have not ended.`, { field: 'name' })
    })
  }
}

function orUnknown(queue: NamedQueue | undefined, name: string): NamedQueue {
  if (queue === undefined) throw unknownQueue(name, 'name')
  return queue
}

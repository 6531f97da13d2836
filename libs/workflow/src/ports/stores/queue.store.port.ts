import type { SubAppId } from '@libs/kernel'
import type { NamedQueue, NamedQueueSettings } from '../../queues/named-queue'

export abstract class QueueStore {
  /** To be called in a transaction: until it ends, nobody else adds a queue. @returns how many there are */
  abstract countForInsert(subAppId: SubAppId): Promise<number>

  /** @returns false when the name is taken */
  abstract insert(subAppId: SubAppId, queue: NamedQueue): Promise<boolean>

  /** @returns by ascending time of creation */
  abstract list(subAppId: SubAppId): Promise<readonly NamedQueue[]>

  abstract find(subAppId: SubAppId, name: string): Promise<NamedQueue | undefined>

  /** As long as the transaction lasts nobody removes the queue. @returns false when there is none */
  abstract keep(subAppId: SubAppId, name: string): Promise<boolean>

  /** When this returns, no claim that goes by the earlier settings can be committed any more. */
  abstract change(
    subAppId: SubAppId,
    name: string,
    change: Partial<NamedQueueSettings>,
    at: Date,
  ): Promise<NamedQueue | undefined>

  /** @returns false when there was none */
  abstract remove(subAppId: SubAppId, name: string): Promise<boolean>

  /** Whether a task that has not ended names the queue. */
  abstract hasOpenTasks(subAppId: SubAppId, name: string): Promise<boolean>
}

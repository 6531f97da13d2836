import { AppError } from '@libs/kernel'

/** A line that runs may be put in, so that no more of their tasks are with the workers at once than it allows. */
export interface NamedQueue {
  /** One of its sub-application; it never changes. */
  readonly name: string
  readonly comment: string
  /** How many of its tasks may be with the workers at once, of all kinds together; null where nothing limits them. */
  readonly limit: number | null
  /** −10 … 10, added to that of each of its runs. */
  readonly priority: number
  /** Nothing of a paused queue goes to the workers; what they have is finished. */
  readonly paused: boolean
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What may be said of a queue, and said otherwise later. */
export type NamedQueueSettings = Pick<NamedQueue, 'comment' | 'limit' | 'priority' | 'paused'>

/** @param field the caller's input that names the queue */
export function unknownQueue(name: string, field: string): AppError {
  return new AppError('queue.notFound', `There is no queue named "${name}".`, { field })
}

import type { TaskId } from '@libs/kernel'
import type { KindName } from '@libs/tasks'

/** In braces, so that all keys share a hash slot: the queue's scripts touch the keys of two queues at once. */
export const keyPrefix = '{stillflow}'

export const settleQueue = 'settle'

/** The queue that a kind's workers take from. Its name is on the wire: a change strands the jobs in the old queue. */
export const executeQueues: Readonly<Record<KindName, string>> = {
  snapshotByTimeOffset: 'execute-snapshot-by-time-offset',
  sampleSnapshot: 'execute-sample-snapshot',
  imageSprites: 'execute-image-sprites',
  coverBySnapshot: 'execute-cover-by-snapshot',
  ingest: 'execute-ingest',
}

/** Present as long as Redis has kept its memory. */
export const sentinelKey = `${keyPrefix}:sentinel`

interface Dispatched {
  readonly taskId: TaskId
  readonly generation: number
}

/** Ids carry the generation: a repair is a new job, since adding a known id again may do nothing or run it twice. */
export function executeJobId({ taskId, generation }: Dispatched): string {
  return `x-${taskId}-g${generation}`
}

export function settleJobId({ taskId, generation }: Dispatched): string {
  return `s-${taskId}-g${generation}`
}

import { parseTaskId, type TaskId } from '@libs/kernel'
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

/**
 * The line in an execution's log that tells its worker to stop. The log is of the job and goes with it, so that nothing
 * of an abort is left in the queue; and a worker may read it, on both backends, with the rights that it has.
 */
export const stopMark = 'stop: the run was aborted'

/** Ids carry the generation: a repair is a new job, since adding a known id again may do nothing or run it twice. */
export function executeJobId({ taskId, generation }: Dispatched): string {
  return `x-${taskId}-g${generation}`
}

const executeJobIdPattern = /^x-([0-9a-f]{32})-g(\d+)$/

/** What an id of `executeJobId` says; undefined for any other text. */
export function parseExecuteJobId(jobId: string): Dispatched | undefined {
  const [, id = '', generation] = executeJobIdPattern.exec(jobId) ?? []
  const taskId = parseTaskId(id)
  return taskId && { taskId, generation: Number(generation) }
}

export function settleJobId({ taskId, generation }: Dispatched): string {
  return `s-${taskId}-g${generation}`
}

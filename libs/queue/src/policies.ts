import { usableCores } from '@libs/kernel'
import type { KindName } from '@libs/tasks'

/** How a queue's jobs are treated. All of it is stated: no default of the library is relied on. */
export interface QueuePolicy {
  /** Jobs that one process runs at a time. */
  readonly concurrency: number
  /** How long a job may go without a sign of life before it is somebody else's; renewed at half of it. */
  readonly lockDurationMs: number
  readonly stalledIntervalMs: number
  /** How often a job may lose its process: one more fails it. The limit for tasks that kill their worker. */
  readonly maxStalledCount: number
  /** Longest sleep on an empty queue, in seconds. */
  readonly drainDelayS: number
  /** How long a process may take no jobs although the queue answers, before it has to be replaced. */
  readonly wedgeLimitMs: number
  /** Wait before the library repeats its own failed command; well within a lock. */
  readonly commandRetryMs: number
}

/** Tries in the queue: one. Retries are scheduled in PostgreSQL, which alone knows whether a fault is final. */
export const attempts = 1

/** The truth is in PostgreSQL, so nothing of an ended execution stays; a kept failed child would block its parent's id. */
export const executeRetention = { removeOnComplete: true, removeOnFail: true } as const

const dayS = 86_400

/** A settle job that failed (no database) keeps the outcome until it is reconciled. */
export const settleRetention = { removeOnComplete: true, removeOnFail: { age: 3 * dayS, count: 10_000 } } as const

const liveness = {
  lockDurationMs: 15_000,
  stalledIntervalMs: 7_500,
  maxStalledCount: 3,
  drainDelayS: 2,
  wedgeLimitMs: 20_000,
  commandRetryMs: 1_000,
} as const

/** ffmpeg takes more than one core for itself, and every kind has a process of its own. */
const pictures: QueuePolicy = { ...liveness, concurrency: Math.max(1, Math.floor(usableCores / 2)) }

export const executePolicies: Readonly<Record<KindName, QueuePolicy>> = {
  snapshotByTimeOffset: pictures,
  sampleSnapshot: pictures,
  imageSprites: pictures,
  coverBySnapshot: pictures,
  // It waits for the network more than it works.
  ingest: { ...liveness, concurrency: 4 },
}

/** Short transactions; a conductor that dies is no fault of the task, so the limit is higher. */
export const settlePolicy: QueuePolicy = { ...liveness, concurrency: 64, maxStalledCount: 10 }

/**
 * The same for all: who comes first is settled first. Without any, the PostgreSQL backend of BullMQ 6.7 takes 20 ms more
 * to hand a job to a worker that waits (seen in `npm run bench -- flow`).
 */
export const settlePriority = 1

/** Entries of the live event stream of a queue; nothing but a live view reads it. */
export const maxEvents = 1_000

import type { Fault } from '@libs/kernel'
import { errorCatalogue } from '@libs/kernel'
import type { KindName } from '@libs/tasks'

export interface RetryPolicy {
  readonly maxTries: number
  /** Wait before the second try; it doubles with each further one. */
  readonly firstBackoffMs: number
}

const pictures: RetryPolicy = { maxTries: 3, firstBackoffMs: 2_000 }

/** Retries are scheduled here and in Postgres, never by the queue: one authority. */
export const retryPolicies: Readonly<Record<KindName, RetryPolicy>> = {
  snapshotByTimeOffset: pictures,
  sampleSnapshot: pictures,
  imageSprites: pictures,
  coverBySnapshot: pictures,
  ingest: { maxTries: 4, firstBackoffMs: 2_000 },
}

/** No server may hold a task for longer. */
const longestAskedMs = 3_600_000

/** A disk is full until somebody makes room: waited for over a minute, not seconds. */
const triesWithoutRoom = 6

/** How long to wait before trying again, or undefined when the fault is final. `triesBefore` counts the ended tries. */
export function retryDelayMs(kind: KindName, fault: Fault, triesBefore: number): number | undefined {
  const { maxTries: usualTries, firstBackoffMs } = retryPolicies[kind]
  const maxTries = fault.code === 'storage.full' ? triesWithoutRoom : usualTries
  if (!errorCatalogue[fault.code].retry || triesBefore + 1 >= maxTries) return undefined
  return Math.max(firstBackoffMs * 2 ** triesBefore, Math.min(fault.retryAfterMs ?? 0, longestAskedMs))
}

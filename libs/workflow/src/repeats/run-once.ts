import { AppError, type SubAppId } from '@libs/kernel'
import { z } from 'zod'
import type { IdempotencyKey } from '../ports/stores/callers/idempotency-key.store.port'
import type { SubAppStores, SubAppWork } from '../ports/stores/unit-of-work.port'

const rememberedMs = 86_400_000

/** @returns the time before which keys are forgotten */
export function rememberedSince(at: Date): Date {
  return new Date(at.getTime() - rememberedMs)
}

/** An id in an answer that is kept. */
export function keptId<Id extends string>() {
  return z.custom<Id>((kept) => typeof kept === 'string')
}

/** Whose work it is, and the key that it is done under once, if there is one. */
export interface OnceOrder<Result> {
  readonly subAppId: SubAppId
  readonly key: IdempotencyKey | undefined
  readonly at: Date
  /** The schema of the work's result, which is kept as JSON. */
  readonly kept: z.ZodType<Result>
}

/**
 * Runs work in one transaction. Under a key that was used within a day it is not run again: what came of it then is returned.
 * Whoever comes with a key while its first work goes on waits for that. Work that throws leaves the key free.
 * @throws AppError `request.keyReused` for a request other than the first one, `request.underWay`, what the work throws
 */
export function runOnce<Result>(
  work: SubAppWork,
  { subAppId, key, at, kept }: OnceOrder<Result>,
  task: (stores: SubAppStores) => Promise<Result>,
): Promise<Result> {
  return work.run(subAppId, async (stores) => {
    if (key === undefined) return task(stores)
    const earlier = await stores.idempotencyKeys.claim(subAppId, key, at, rememberedSince(at))
    if (earlier !== undefined) {
      if (earlier.digest === key.digest) return kept.parse(earlier.answer)
      throw new AppError('request.keyReused', 'The key was used for another request.', { field: 'Idempotency-Key' })
    }
    const result = await task(stores)
    await stores.idempotencyKeys.keep(subAppId, key, result)
    return result
  })
}

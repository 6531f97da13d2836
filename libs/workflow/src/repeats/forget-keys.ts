import type { Clock } from '@libs/kernel'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'
import { rememberedSince } from './run-once'

const batch = 10_000

/** Forgets the keys of requests that were to be done once, when their day is over. */
export class ForgetKeys {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @returns how many were forgotten */
  execute(): Promise<number> {
    const before = rememberedSince(new Date(this.clock.nowMs()))
    return this.unitOfWork.stores.idempotencyKeys.forget(before, batch)
  }
}

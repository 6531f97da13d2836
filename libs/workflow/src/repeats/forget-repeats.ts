import type { Clock } from '@libs/kernel'
import { longestSessionMs } from '../ports/stores/run.store.port'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'
import { rememberedSince } from './run-once'

const batch = 10_000

/** Forgets what was to be done once, when nothing counts as its repetition any more: keys of requests, and sessions. */
export class ForgetRepeats {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @returns how many were forgotten */
  async execute(): Promise<number> {
    const nowMs = this.clock.nowMs()
    const { idempotencyKeys, runs } = this.unitOfWork.stores
    const keys = await idempotencyKeys.forget(rememberedSince(new Date(nowMs)), batch)
    return keys + (await runs.forgetSessions(new Date(nowMs - longestSessionMs), batch))
  }
}

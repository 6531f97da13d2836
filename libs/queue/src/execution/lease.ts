import { AppError } from '@libs/kernel'

/** A worker must stop before others may start: this long before its lock ends, or a fifth of a short lock. */
const marginMs = 3_000

/**
 * A job's lock as its worker can know it: by its own monotonic clock, counted from the last renewal that was answered.
 * The library notices a lost lock only once the queue answers again, when somebody else has the job already.
 */
export class Lease {
  private readonly controller = new AbortController()
  private readonly timer: NodeJS.Timeout

  constructor(lockDurationMs: number) {
    const lifeMs = lockDurationMs - Math.min(marginMs, lockDurationMs / 5)
    this.timer = setTimeout(() => this.lose(), lifeMs)
  }

  /** Aborted, with an AppError as its reason, when the job has to be left alone. */
  get signal(): AbortSignal {
    return this.controller.signal
  }

  renew(): void {
    if (!this.signal.aborted) this.timer.refresh()
  }

  lose(): void {
    this.stop(new AppError('internal', 'The worker lost its hold on this task.'))
  }

  /** @param why what the task ends with: a retryable fault where it did nothing wrong */
  stop(why: AppError): void {
    this.end()
    this.controller.abort(why)
  }

  end(): void {
    clearTimeout(this.timer)
  }
}

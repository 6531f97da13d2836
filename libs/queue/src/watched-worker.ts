import { type Job, type Processor, Worker, type WorkerOptions } from 'bullmq'
import { setTimeout as wait } from 'node:timers/promises'

/** Looks in a limit: a verdict needs some that agree, so that a worker has time to come round when the queue is back. */
const looksPerLimit = 6
const looksToAgree = 4
/** Both within what a process has for leaving after its grace. */
const leaveLimitMs = 4_000
const giveUpLimitMs = 500

export interface WorkerWatch {
  /** How long a worker may go without a sign that it consumes. */
  readonly limitMs: number
  /** Whether the queue answers somebody who connects to it now. */
  readonly isReachable: () => Promise<boolean>
  /** Told once, when the worker takes no jobs although it could: nothing but a new process helps. */
  readonly onWedged: () => void
}

/**
 * A worker that knows when it last consumed: a ping says nothing of that, and releases of the library have stopped to
 * consume for good after an outage while every ping was answered (taskforcesh/bullmq#4585). An outage itself is no wedge.
 */
export class WatchedWorker extends Worker<unknown> {
  private aliveAtMs = performance.now()
  private agreeing = 0
  private timer: NodeJS.Timeout | undefined
  private wedged = false

  constructor(name: string, process: Processor<unknown>, options: WorkerOptions) {
    super(name, process, options)
    for (const sign of ['locksRenewed', 'completed', 'failed'] as const) this.on(sign, () => this.noteLife())
  }

  isConsuming(): boolean {
    return this.isRunning() && !this.wedged
  }

  watch(watch: WorkerWatch): void {
    this.noteLife()
    this.timer = setInterval(() => void this.lookAt(watch), watch.limitMs / looksPerLimit)
    this.timer.unref()
  }

  override async close(force?: boolean): Promise<void> {
    clearInterval(this.timer)
    await super.close(force)
  }

  /**
   * Stops taking and disconnects when nothing is at hand any more. The library waits for ever for the end of a connection
   * that was being made again, and for the answers of a queue that is away: those are given up.
   */
  async leave(isBusy: () => boolean): Promise<void> {
    const left = this.close()
    const patience = new AbortController()
    const isLate = wait(leaveLimitMs, true, { signal: patience.signal }).catch(() => false)
    const late = await Promise.race([left, isLate])
    patience.abort()
    if (late !== true) return
    if (isBusy()) await left
    else await Promise.race([this.getBackend().close(true), wait(giveUpLimitMs, undefined, { ref: false })])
  }

  protected override async moveToActive(token: string, name?: string): Promise<Job<unknown>> {
    const job = await super.moveToActive(token, name)
    this.noteLife()
    return job
  }

  private noteLife(): void {
    this.aliveAtMs = performance.now()
  }

  private async lookAt({ limitMs, isReachable, onWedged }: WorkerWatch): Promise<void> {
    const isSilent = () => performance.now() - this.aliveAtMs > limitMs
    this.agreeing = isSilent() && (await isReachable()) && isSilent() ? this.agreeing + 1 : 0
    if (this.agreeing < looksToAgree || this.wedged) return
    this.wedged = true
    onWedged()
  }
}

import { AppError, workOn } from '@libs/kernel'
import type { SettleTaskCommand } from '@libs/workflow'
import type { Job } from 'bullmq'
import type { QueueConnection } from './connect-queue'
import { parseSettleEnvelope, workOfJob } from './wire/envelope'
import { settleQueue } from './wire/names'
import { type QueuePolicy, settlePolicy } from './policies'
import { readOutcome } from './read-outcome'
import { WatchedWorker } from './watched-worker'
import { workerOptions } from './worker-options'

export interface SettleOptions {
  /** What differs from the queue's policy. */
  readonly policy?: Partial<QueuePolicy>
  /** Records what became of an execution; when it throws, the job keeps the outcome for reconciling. */
  readonly settle: (command: SettleTaskCommand) => Promise<unknown>
  /** Hears of trouble with the queue, which mends itself, and of settling that failed. */
  readonly onError: (error: Error) => void
  /** Told once, when no jobs are taken although the queue answers: only a new process helps. */
  readonly onWedged: () => void
}

/** The conductor's end of the queue: hears of every execution that has ended. */
export class SettleHost {
  private readonly worker: WatchedWorker
  private atHand = 0
  private readonly policy: QueuePolicy

  constructor(
    private readonly connection: QueueConnection,
    private readonly options: SettleOptions,
  ) {
    this.policy = { ...settlePolicy, ...options.policy }
    this.worker = new WatchedWorker(
      settleQueue,
      (job) => workOn(workOfJob(job), () => this.run(job)),
      workerOptions(connection, this.policy),
    )
    this.worker.on('error', options.onError)
    this.worker.on('failed', (job, error) => workOn(job ? workOfJob(job) : {}, () => options.onError(error)))
  }

  /** Takes jobs from now on. @throws when the queue cannot be reached or is not prepared */
  async start(): Promise<void> {
    await this.worker.waitUntilReady()
    this.worker.run().catch(this.options.onError)
    const { isReachable } = this.connection
    this.worker.watch({ limitMs: this.policy.wedgeLimitMs, isReachable, onWedged: this.options.onWedged })
  }

  isTaking(): boolean {
    return this.worker.isConsuming()
  }

  /** Stops taking and waits for the transactions at hand. */
  async close(): Promise<void> {
    await this.worker.leave(() => this.atHand > 0)
  }

  private async run(job: Job<unknown>): Promise<void> {
    this.atHand += 1
    try {
      const { taskId, generation } = parseSettleEnvelope(job.data)
      const outcome = await readOutcome(job)
      if (outcome === undefined) throw new AppError('internal', `The execution of task ${taskId} was taken away.`)
      await this.options.settle({ taskId, generation, outcome })
    } finally {
      this.atHand -= 1
    }
  }
}

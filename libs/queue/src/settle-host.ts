import { AppError } from '@libs/kernel'
import type { SettleTaskCommand } from '@libs/workflow'
import { type Job, Worker } from 'bullmq'
import type { QueueConnection } from './connect-queue'
import { parseSettleEnvelope } from './wire/envelope'
import { settleQueue } from './wire/names'
import { type QueuePolicy, settlePolicy } from './policies'
import { readOutcome } from './read-outcome'
import { workerOptions } from './worker-options'

export interface SettleOptions {
  /** What differs from the queue's policy. */
  readonly policy?: Partial<QueuePolicy>
  /** Records what became of an execution; when it throws, the job keeps the outcome for reconciling. */
  readonly settle: (command: SettleTaskCommand) => Promise<unknown>
  /** Hears of trouble with the queue, which mends itself, and of settling that failed. */
  readonly onError: (error: Error) => void
}

/** The conductor's end of the queue: hears of every execution that has ended. */
export class SettleHost {
  private readonly worker: Worker

  constructor(
    connection: QueueConnection,
    private readonly options: SettleOptions,
  ) {
    this.worker = new Worker(
      settleQueue,
      (job) => this.run(job),
      workerOptions(connection, { ...settlePolicy, ...options.policy }),
    )
    this.worker.on('error', options.onError)
    this.worker.on('failed', (_job, error) => options.onError(error))
  }

  /** Takes jobs from now on. @throws when the queue cannot be reached or is not prepared */
  async start(): Promise<void> {
    await this.worker.waitUntilReady()
    this.worker.run().catch(this.options.onError)
  }

  isTaking(): boolean {
    return this.worker.isRunning()
  }

  /** Stops taking and waits for the transactions at hand. */
  async close(): Promise<void> {
    await this.worker.close()
  }

  private async run(job: Job<unknown>): Promise<void> {
    const { taskId, generation } = parseSettleEnvelope(job.data)
    const outcome = await readOutcome(job)
    if (outcome === undefined) throw new AppError('internal', `The execution of task ${taskId} was taken away.`)
    await this.options.settle({ taskId, generation, outcome })
  }
}

import { toAppError } from '@libs/kernel'
import type { KindName } from '@libs/tasks'
import { type Job, Worker } from 'bullmq'
import { setTimeout as wait } from 'node:timers/promises'
import type { QueueConnection } from './connect-queue'
import { type ExecuteEnvelope, parseExecuteEnvelope } from './wire/envelope'
import { encodeFault } from './wire/fault-codec'
import { Lease } from './lease'
import { executeQueues } from './wire/names'
import { executePolicies, type QueuePolicy } from './policies'
import { workerOptions } from './worker-options'

/** Counts the starts of one job: a job whose worker died is started again. */
export interface Execution {
  readonly attempt: number
}

export interface TaskWorkerOptions {
  readonly kind: KindName
  /** What differs from the kind's policy. */
  readonly policy?: Partial<QueuePolicy>
  /** Does the work and returns its output, or throws. After the signal nothing that it does counts any more. */
  readonly process: (envelope: ExecuteEnvelope, execution: Execution, signal: AbortSignal) => Promise<unknown>
  /** Hears of trouble with the queue, which mends itself. */
  readonly onError: (error: Error) => void
}

const defaultGraceMs = 6_000

/** One process's hold on a kind's queue. */
export class TaskWorkerHost {
  private readonly worker: Worker
  private readonly policy: QueuePolicy
  private readonly leases = new Map<string, Lease>()

  constructor(
    connection: QueueConnection,
    private readonly options: TaskWorkerOptions,
  ) {
    this.policy = { ...executePolicies[options.kind], ...options.policy }
    this.worker = new Worker(
      executeQueues[options.kind],
      (job) => this.run(job),
      workerOptions(connection, this.policy),
    )
    this.worker.on('error', options.onError)
    this.worker.on('locksRenewed', ({ jobIds }) => jobIds.forEach((id) => this.leases.get(id)?.renew()))
    this.worker.on('lockRenewalFailed', (jobIds) => jobIds.forEach((id) => this.leases.get(id)?.lose()))
  }

  /** Takes jobs from now on. @throws when the queue cannot be reached or is not prepared */
  async start(): Promise<void> {
    await this.worker.waitUntilReady()
    this.worker.run().catch(this.options.onError)
  }

  isTaking(): boolean {
    return this.worker.isRunning()
  }

  /** Stops taking, lets the work at hand end for `graceMs`, aborts what is left, and disconnects. */
  async close(graceMs = defaultGraceMs): Promise<void> {
    const closed = this.worker.close()
    const grace = new AbortController()
    await Promise.race([closed, wait(graceMs, undefined, { signal: grace.signal }).catch(() => undefined)])
    grace.abort()
    for (const lease of this.leases.values()) lease.stop('The worker was stopped while it ran this task.')
    await closed
  }

  private async run(job: Job<unknown>): Promise<unknown> {
    const lease = new Lease(this.policy.lockDurationMs)
    const id = job.id ?? ''
    // The same job twice means that this process lost it once.
    this.leases.get(id)?.lose()
    this.leases.set(id, lease)
    try {
      const envelope = parseExecuteEnvelope(job.data)
      return await this.options.process(envelope, { attempt: job.attemptsStarted }, lease.signal)
    } catch (thrown) {
      const fault = toAppError(lease.signal.aborted ? lease.signal.reason : thrown).toFault()
      throw new Error(encodeFault(fault), { cause: thrown })
    } finally {
      lease.end()
      if (this.leases.get(id) === lease) this.leases.delete(id)
    }
  }
}

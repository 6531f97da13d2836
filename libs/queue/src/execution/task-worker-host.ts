import { AppError, toAppError, workOn } from '@libs/kernel'
import type { FrameCount, KindName } from '@libs/tasks'
import { type Job, WaitingError } from 'bullmq'
import { setTimeout as wait } from 'node:timers/promises'
import type { QueueConnection } from '../connect-queue'
import { executePolicies, type QueuePolicy } from '../policies'
import { type ExecuteEnvelope, isOfNewerRelease, parseExecuteEnvelope, workOfJob } from '../wire/envelope'
import { encodeFault } from '../wire/fault-codec'
import { executeQueues, stopMark } from '../wire/names'
import { WatchedWorker } from '../watched-worker'
import { workerOptions } from '../worker-options'
import { Lease } from './lease'
import { ProgressReport } from './progress-report'
import { StopListener } from './stop-listener'

/** One start of a job. */
export interface Execution {
  /** Counts the starts: a job whose worker died is started again. */
  readonly attempt: number
  /** Tells how far the task is; may be called at any rate. */
  readonly report: (count: FrameCount) => void
}

export interface TaskWorkerOptions {
  readonly kind: KindName
  /** What differs from the kind's policy. */
  readonly policy?: Partial<QueuePolicy>
  /** Does the work and returns its output, or throws. After the signal nothing that it does counts any more. */
  readonly process: (envelope: ExecuteEnvelope, execution: Execution, signal: AbortSignal) => Promise<unknown>
  /** Hears of trouble with the queue, which mends itself. */
  readonly onError: (error: Error) => void
  /** Told once, when no jobs are taken although the queue answers: only a new process helps. */
  readonly onWedged: () => void
}

/** How long tasks of a newer release wait for its workers, and how long an older one lets them go first. */
const newerRollsOutMs = 300_000
const newerTakesMs = 1_000

/** What a worker leaves a task with that it gives back: the next one begins it anew, and nothing counts against it. */
class GivenBack extends AppError {
  constructor() {
    super('internal', 'The worker stopped, and gave this task back.')
  }
}

/** Whether a task was left because its worker stops. */
export function isGivenBack(signal: AbortSignal): boolean {
  return signal.reason instanceof GivenBack
}

/** One process's hold on a kind's queue. */
export class TaskWorkerHost {
  private readonly worker: WatchedWorker
  private readonly policy: QueuePolicy
  private readonly leases = new Map<string, Lease>()

  constructor(
    private readonly connection: QueueConnection,
    private readonly options: TaskWorkerOptions,
  ) {
    this.policy = { ...executePolicies[options.kind], ...options.policy }
    this.worker = new WatchedWorker(
      executeQueues[options.kind],
      (job, token) => workOn(workOfJob(job), () => this.run(job, token)),
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
    const { isReachable } = this.connection
    this.worker.watch({ limitMs: this.policy.wedgeLimitMs, isReachable, onWedged: this.options.onWedged })
  }

  isTaking(): boolean {
    return this.worker.isConsuming()
  }

  /** Stops taking, lets the work at hand end for `graceMs`, gives back what is left, and disconnects. */
  async close(graceMs: number): Promise<void> {
    const closed = this.worker.close()
    const grace = new AbortController()
    await Promise.race([closed, wait(graceMs, undefined, { signal: grace.signal }).catch(() => undefined)])
    grace.abort()
    for (const lease of this.leases.values()) lease.stop(new GivenBack())
    await this.worker.leave(() => this.leases.size > 0)
  }

  private async run(job: Job<unknown>, token: string | undefined): Promise<unknown> {
    const lease = new Lease(this.policy.lockDurationMs)
    const id = job.id ?? ''
    // The same job twice means that this process lost it once.
    this.leases.get(id)?.lose()
    this.leases.set(id, lease)
    const progress = new ProgressReport((note) => job.updateProgress(note))
    const stopping = new StopListener(
      () => this.reasonToStop(id),
      (why) => lease.stop(why),
    )
    try {
      if (isOfNewerRelease(job.data)) await this.leaveToNewer(job, lease)
      const envelope = parseExecuteEnvelope(job.data)
      const report = (count: FrameCount): void => progress.tell(count)
      return await this.options.process(envelope, { attempt: job.attemptsStarted, report }, lease.signal)
    } catch (thrown) {
      if (isGivenBack(lease.signal)) return await this.giveBack(job, token)
      const fault = toAppError(lease.signal.aborted ? lease.signal.reason : thrown).toFault()
      throw new Error(encodeFault(fault), { cause: thrown })
    } finally {
      for (const each of [progress, stopping, lease]) each.end()
      if (this.leases.get(id) === lease) this.leases.delete(id)
    }
  }

  /** While a release is rolled out there may be workers that can read it. When there are none, it fails as unreadable. */
  private async leaveToNewer(job: Job<unknown>, lease: Lease): Promise<void> {
    if (Date.now() - job.timestamp > newerRollsOutMs) return
    this.options.onError(new AppError('internal', `Job ${job.id} is left to a worker of a newer release.`))
    await wait(newerTakesMs, undefined, { signal: lease.signal }).catch(() => undefined)
    lease.stop(new GivenBack())
    lease.signal.throwIfAborted()
  }

  /** When the queue is away nobody hears of it, and the lock tells it later. */
  private async giveBack(job: Job<unknown>, token: string | undefined): Promise<never> {
    await job.moveToWait(token).catch(this.options.onError)
    throw new WaitingError()
  }

  private async reasonToStop(jobId: string): Promise<AppError | undefined> {
    const jobs = this.worker.getBackend()
    const [{ logs }, state] = await Promise.all([jobs.getJobLogs(jobId, 0, -1, true), jobs.getState(jobId)])
    if (logs.includes(stopMark)) return new AppError('task.aborted', 'The run was aborted.')
    // The queue lost its memory, or the job was taken away while it was being taken up: nobody will ask for its outcome.
    return state === 'unknown' ? new AppError('internal', 'The queue does not know this task any more.') : undefined
  }
}

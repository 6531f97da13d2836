import { type Span, startSpan } from '@libs/kernel'
import type { KindName } from '@libs/tasks'
import { type Dispatch, type DispatchedTask, Dispatcher, type JobSight, type TaskProgress } from '@libs/workflow'
import { ErrorCode, type FlowJob, FlowProducer, type IQueueBackend, type Job, Queue } from 'bullmq'
import type { QueueConnection } from './connect-queue'
import { envelopeVersion, type ExecuteEnvelope, parseExecuteEnvelope, type SettleEnvelope } from './wire/envelope'
import {
  executeJobId,
  executeQueues,
  keyPrefix,
  parseExecuteJobId,
  settleJobId,
  settleQueue,
  stopMark,
} from './wire/names'
import { progressNote } from './wire/progress-note'
import { attempts, executeRetention, maxEvents, settlePriority, settleRetention } from './policies'
import { readOutcome } from './read-outcome'

function startDispatch({ runId, taskId, generation, kind, origin }: Dispatch): Span | undefined {
  const attributes = { 'stillflow.run_id': runId, 'stillflow.task_id': taskId, 'stillflow.generation': generation }
  return startSpan(`dispatch ${kind}`, { kind: 'producer', parent: origin.traceparent, attributes })
}

/** @param span of this dispatch, which what becomes of it is below in its trace */
function flowOf(dispatch: Dispatch, span: Span | undefined): FlowJob {
  const { runId, taskId, generation, kind, turn, input, subject, subAppId } = dispatch
  const origin = { ...dispatch.origin, ...(span && { traceparent: span.traceparent }) }
  const settle = { version: envelopeVersion, runId, taskId, generation, trace: origin } satisfies SettleEnvelope
  const trace = { ...origin, sentAtMs: Date.now() }
  const execute: ExecuteEnvelope = { ...settle, kind, input, subject, subAppId, trace }
  return {
    name: 'settle',
    queueName: settleQueue,
    data: settle,
    opts: { attempts, priority: settlePriority, ...settleRetention, jobId: settleJobId(dispatch) },
    children: [
      {
        name: 'execute',
        queueName: executeQueues[kind],
        data: parseExecuteEnvelope(execute),
        // The parent runs after every end of the child, a failure or one stall too many included.
        opts: {
          attempts,
          priority: turn,
          ...executeRetention,
          jobId: executeJobId(dispatch),
          ignoreDependencyOnFailure: true,
        },
      },
    ],
  }
}

function unlessGone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === ErrorCode.JobNotExist)) throw error
}

/** The road to the workers, on BullMQ: per task a flow of two jobs, `execute` under `settle`. */
export class BullmqDispatcher extends Dispatcher {
  private readonly flows: FlowProducer
  private readonly settleJobs: Queue

  /** @param onError hears of connection trouble, which calls meet as rejections of their own */
  constructor(
    private readonly connection: QueueConnection,
    onError: (error: Error) => void,
  ) {
    super()
    const options = { connection: connection.producer(), prefix: keyPrefix }
    this.flows = new FlowProducer(options)
    this.settleJobs = new Queue(settleQueue, { ...options, streams: { events: { maxLen: maxEvents } } })
    this.flows.on('error', onError)
    this.settleJobs.on('error', onError)
  }

  async send(dispatches: readonly Dispatch[]): Promise<void> {
    if (dispatches.length === 0) return
    await this.connection.assertReachable()
    const spans = dispatches.map(startDispatch)
    try {
      await this.flows.addBulk(dispatches.map((dispatch, index) => flowOf(dispatch, spans[index])))
    } catch (thrown) {
      for (const span of spans) span?.fail('queue')
      throw thrown
    } finally {
      for (const span of spans) span?.end()
    }
  }

  async look(task: DispatchedTask): Promise<JobSight> {
    await this.connection.assertReachable()
    const job = await this.findSettleJob(task)
    if (job === undefined) return { status: 'gone' }
    const state = await job.getState()
    const hasEnded = state === 'completed' || state === 'failed'
    if (!hasEnded && !(await this.isOrphaned(job, task))) return { status: 'underWay' }
    const outcome = await readOutcome(job)
    if (outcome !== undefined) return { status: 'ended', outcome }
    await this.forget(task)
    return { status: 'gone' }
  }

  async forget(task: DispatchedTask): Promise<void> {
    await this.connection.assertReachable()
    await this.removeFlow(task)
  }

  async stop(tasks: readonly DispatchedTask[]): Promise<void> {
    if (tasks.length === 0) return
    await this.connection.assertReachable()
    // What waits goes first: else a worker that leaves one of the tasks would begin the next.
    await Promise.all(tasks.map((task) => this.removeFlow(task)))
    await Promise.all(tasks.map((task) => this.markToStop(task)))
  }

  async progressOf(kinds: readonly KindName[]): Promise<readonly TaskProgress[]> {
    if (kinds.length === 0) return []
    await this.connection.assertReachable()
    return (await Promise.all(kinds.map((kind) => this.progressOfKind(kind)))).flat()
  }

  async noticeWipe(): Promise<boolean> {
    await this.connection.assertReachable()
    return this.connection.noticeWipe()
  }

  async close(): Promise<void> {
    await Promise.all([this.flows.close(), this.settleJobs.close()])
  }

  private async findSettleJob(task: DispatchedTask): Promise<Job | undefined> {
    return this.settleJobs.getJob(settleJobId(task))
  }

  private executions(kind: KindName): IQueueBackend {
    return this.settleJobs.getBackend().forQueue(executeQueues[kind], keyPrefix)
  }

  /** Changes nothing while a worker is at the execution. */
  private async removeFlow(task: DispatchedTask): Promise<void> {
    await this.settleJobs.remove(settleJobId(task), { removeChildren: true })
  }

  private async markToStop(task: DispatchedTask): Promise<void> {
    await this.executions(task.kind).addLog(executeJobId(task), stopMark, 1).catch(unlessGone)
  }

  private async progressOfKind(kind: KindName): Promise<readonly TaskProgress[]> {
    const executions = this.executions(kind)
    const jobIds = (await executions.getRanges(['active'], 0, -1)).flat()
    const jobs = await Promise.all(jobIds.map((jobId) => executions.getJobData(jobId)))
    return jobIds.flatMap((jobId, index) => {
      const task = parseExecuteJobId(jobId)
      const note = progressNote.safeParse(jobs[index]?.progress).data
      return task !== undefined && note !== undefined ? [{ ...task, kind, ...note }] : []
    })
  }

  /** Waiting for a child that is not there any more: nothing will ever wake it. */
  private async isOrphaned(job: Job, task: DispatchedTask): Promise<boolean> {
    if (!(await job.isWaitingChildren())) return false
    const child = await this.executions(task.kind).getState(executeJobId(task))
    if (child !== 'unknown' && child !== 'failed' && child !== 'completed') return false
    // A child that ended just now has moved its parent on in the same step.
    return job.isWaitingChildren()
  }
}

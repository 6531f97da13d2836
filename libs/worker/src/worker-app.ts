import { toAppError, traced } from '@libs/kernel'
import {
  connectQueue,
  type ExecuteEnvelope,
  type Execution,
  isGivenBack,
  type QueueSettings,
  TaskWorkerHost,
} from '@libs/queue'
import type { KindName, Performable, Tools } from '@libs/tasks'
import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { executeTask } from './execute-task'
import { countCapture } from './figures/capture-metrics'
import { countEnd, countStart } from './figures/execution-metrics'
import { WatchedGrabber } from './figures/watched-grabber'
import { tracedTools } from './traced-tools'
import type { Workspaces } from './workspaces'

/** A kind's executor with whatever it needs lent to it, seen from outside its types. */
export type AnyPerformable = Performable<KindName, unknown, unknown, unknown>

/** One process around one kind: takes its jobs last of all, and lets go of them first. */
export class WorkerApp implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger: Logger
  /** Told once, when no tasks are taken although the queue answers. */
  onWedged: () => void = () => undefined
  private readonly connection
  private readonly host: TaskWorkerHost

  constructor(
    private readonly performable: AnyPerformable,
    private readonly lent: { readonly tools: Tools; readonly workspaces: Workspaces },
    queue: QueueSettings,
    private readonly graceMs: number,
  ) {
    this.logger = new Logger(performable.name)
    this.connection = connectQueue(queue)
    const { WORKER_CONCURRENCY: concurrency } = queue
    this.host = new TaskWorkerHost(this.connection, {
      kind: performable.name,
      ...(concurrency !== undefined && { policy: { concurrency } }),
      process: (envelope, execution, signal) => this.execute(envelope, execution, signal),
      onError: (error) => this.logger.warn({ err: error }, 'The queue has trouble.'),
      onWedged: () => this.onWedged(),
    })
  }

  isTaking(): boolean {
    return this.host.isTaking()
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.lent.workspaces.prepare()
    await this.host.start()
  }

  async onApplicationShutdown(): Promise<void> {
    await this.host.close(this.graceMs)
    await this.connection.close()
    await this.lent.workspaces.removeAll()
  }

  private execute(envelope: ExecuteEnvelope, execution: Execution, signal: AbortSignal): Promise<unknown> {
    const attributes = {
      'stillflow.run_id': envelope.runId,
      'stillflow.task_id': envelope.taskId,
      'stillflow.generation': envelope.generation,
      'stillflow.attempt': execution.attempt,
    }
    const options = { kind: 'consumer', attributes } as const
    return traced(`execute ${this.performable.name}`, options, () => this.perform(envelope, execution, signal))
  }

  private async perform(envelope: ExecuteEnvelope, execution: Execution, signal: AbortSignal): Promise<unknown> {
    const about = { generation: envelope.generation, attempt: execution.attempt }
    const { name: kind } = this.performable
    const startedMs = Date.now()
    const waitedMs = startedMs - envelope.trace.sentAtMs
    countStart(kind, waitedMs)
    this.logger.log({ ...about, waitedMs }, 'The task starts.')
    try {
      const { tools, workspaces } = this.lent
      const grabber = new WatchedGrabber(tools.grabber, (account) => {
        countCapture(kind, account)
        this.logger.log({ ...about, capture: account }, 'Pictures were captured.')
      })
      const lent = { workspaces, tools: tracedTools({ ...tools, grabber }) }
      const output = await executeTask(this.performable, lent, { envelope, execution }, signal)
      const tookMs = Date.now() - startedMs
      countEnd(kind, 'succeeded', tookMs)
      this.logger.log({ ...about, tookMs }, 'The task succeeded.')
      return output
    } catch (thrown) {
      const tookMs = Date.now() - startedMs
      countEnd(kind, isGivenBack(signal) ? 'givenBack' : 'failed', tookMs)
      if (isGivenBack(signal)) this.logger.log({ ...about, tookMs }, 'The task is given back.')
      if (isGivenBack(signal)) throw thrown
      const error = toAppError(thrown)
      const cause = error.blame === 'us' ? { err: error.cause ?? error } : {}
      const failed = { ...about, ...cause, tookMs, fault: error.code, detail: error.message }
      this.logger.warn(failed, 'The task failed.')
      throw error
    }
  }
}

import { type DispatchedTask, Dispatcher, type JobSight } from '@libs/workflow'

/** A queue that takes whatever it is sent, never brings anything back, and notes what it was told to stop. */
export class NotingDispatcher extends Dispatcher {
  readonly stopped: DispatchedTask[] = []
  /** True: it cannot be reached to stop anything. */
  isAway = false

  override async stop(tasks: readonly DispatchedTask[]): Promise<void> {
    if (this.isAway) throw new Error('the queue is away')
    this.stopped.push(...tasks)
  }

  override async send(): Promise<void> {
    return
  }

  override async look(): Promise<JobSight> {
    return { status: 'underWay' }
  }

  override async forget(): Promise<void> {
    return
  }

  override async progressOf(): Promise<readonly never[]> {
    return []
  }

  override async noticeWipe(): Promise<boolean> {
    return false
  }
}

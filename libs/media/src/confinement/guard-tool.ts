import type { ChildProcess } from 'node:child_process'
import { AppError } from '@libs/kernel'
import { abortFault } from '@libs/tasks'
import type { ToolLimits } from '../media.env'
import { killGroup } from './process-group'
import { readUsage, waitsForDisk } from './read-usage'
import { StallJudge } from './stall-judge'

const lookEveryMs = 1000

/** Ends a tool that is told to stop, takes too long or makes no headway, with all that it started. */
export class ToolGuard {
  private verdict: AppError | undefined
  private readonly wall: NodeJS.Timeout
  private readonly looks: NodeJS.Timeout
  private readonly judge: StallJudge
  private readonly onAbort = (): void => this.end(abortFault(this.signal))

  /** @param isFed whether the tool reads what we write to it */
  constructor(
    private readonly child: ChildProcess,
    { wallS, cpuS, stallS }: ToolLimits,
    private readonly signal: AbortSignal,
    private readonly isFed = false,
  ) {
    this.judge = new StallJudge({ stallS, cpuS })
    this.wall = setTimeout(() => this.end(late(`took more than ${wallS} s`)), wallS * 1000)
    this.looks = setInterval(() => void this.look(), lookEveryMs)
    // What it started and left behind would hold its pipes open, and us.
    child.once('exit', () => killGroup(child))
    if (signal.aborted) this.onAbort()
    else signal.addEventListener('abort', this.onAbort, { once: true })
  }

  /** To be called when the tool has ended. @returns why it was killed, if it was */
  release(): AppError | undefined {
    clearTimeout(this.wall)
    clearInterval(this.looks)
    this.signal.removeEventListener('abort', this.onAbort)
    return this.verdict
  }

  private end(fault: AppError): void {
    this.verdict ??= fault
    killGroup(this.child)
  }

  private async look(): Promise<void> {
    const { pid, stdin } = this.child
    const usage = pid === undefined ? undefined : await readUsage(pid)
    if (pid === undefined || usage === undefined) return
    // It waits for what we have not given it yet.
    const isOwed = this.isFed && stdin !== null && !stdin.writableEnded && stdin.writableLength === 0
    const complaint = this.judge.add(usage, isOwed)
    if (complaint !== undefined && !(await waitsForDisk(pid))) this.end(late(complaint))
  }
}

function late(complaint: string): AppError {
  return new AppError('task.timedOut', `Reading this media ${complaint}.`)
}

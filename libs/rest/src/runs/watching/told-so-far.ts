import type { PictureKindName } from '@libs/tasks'
import { isFinal, type RunReport, runTransitions, type Task, taskTransitions } from '@libs/workflow'

type Report = RunReport<PictureKindName>

/** What is to be told next: how far a task is, that it has ended, or that its run has. */
export type RunNews =
  | { readonly about: 'progress' | 'taskEnded'; readonly task: Task<PictureKindName>; readonly id: string }
  | { readonly about: 'runEnded'; readonly id: string }

const [waiting, underWay, succeeded, failed, untold] = [0, 100, 200, 201, 255] as const
const mostPercent = 99

/** No state is written so. */
const endId = 'end'

/** How a task is, as one byte. */
function byteOf({ state, progressPercent }: Task<PictureKindName>): number {
  if (state === 'succeeded') return succeeded
  if (state === 'failed') return failed
  return (state === 'waiting' ? waiting : underWay) + Math.min(progressPercent, mostPercent)
}

/**
 * How far a listener has been told of a run. It is written into each event's id, a byte for each task: whichever process a
 * listener comes back to tells it all that has changed since, and nothing twice.
 */
export class ToldSoFar {
  private readonly bytes: Buffer
  private toldEnd: boolean

  /** @param lastEventId as a listener brings it back; what is no id of ours is as none */
  constructor({ run, tasks }: Report, lastEventId: string | undefined) {
    const [, state = ''] = /^at-([\w-]+)$/.exec(lastEventId ?? '') ?? []
    const bytes = Buffer.from(state, 'base64url')
    this.bytes = bytes.length === tasks.length ? bytes : Buffer.alloc(tasks.length, untold)
    this.toldEnd = lastEventId === endId && isFinal(runTransitions, run.state)
  }

  /** Whether there is nothing left to tell, ever. */
  get isOver(): boolean {
    return this.toldEnd
  }

  /** @returns what a listener has to be told next, and takes it for told; undefined: it is told all there is by now */
  next(report: Report): RunNews | undefined {
    if (this.toldEnd) return undefined
    for (const [index, task] of report.tasks.entries()) {
      const byte = byteOf(task)
      if (this.bytes[index] === byte) continue
      this.bytes[index] = byte
      const about = isFinal(taskTransitions, task.state) ? 'taskEnded' : 'progress'
      return { about, task, id: `at-${this.bytes.toString('base64url')}` }
    }
    if (!isFinal(runTransitions, report.run.state)) return undefined
    this.toldEnd = true
    return { about: 'runEnded', id: endId }
  }
}

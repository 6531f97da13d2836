import type { FrameCount } from '@libs/tasks'
import { setTimeout as wait } from 'node:timers/promises'
import type { ProgressNote } from '../wire/progress-note'

/** Who watches a task looks no more often. */
const leastGapMs = 1_000

/**
 * A task's progress on its way to the queue, however often the task tells of it: at whole percents that only rise, at most
 * one write under way, and writes a second apart.
 */
export class ProgressReport {
  private readonly ending = new AbortController()
  private told: ProgressNote = { percent: 0, framesDone: 0, frames: 0 }
  private isWriting = false

  /** @param write may fail: what counts is the task's outcome, and the next write says more anyway */
  constructor(
    private readonly write: (note: ProgressNote) => Promise<void>,
    private readonly gapMs = leastGapMs,
  ) {}

  /** What is no whole percent more than was told before changes nothing. */
  tell({ framesDone, frames }: FrameCount): void {
    const percent = Math.min(100, Math.floor((100 * framesDone) / frames))
    if (!(percent > this.told.percent)) return
    this.told = { percent, framesDone, frames }
    if (!this.isWriting) void this.writeOn()
  }

  /** Nothing is written from now on. */
  end(): void {
    this.ending.abort()
  }

  private async writeOn(): Promise<void> {
    const { signal } = this.ending
    this.isWriting = true
    for (let written: ProgressNote | undefined; written !== this.told && !signal.aborted;) {
      written = this.told
      await this.write(written).catch(() => undefined)
      await wait(this.gapMs, undefined, { signal }).catch(() => undefined)
    }
    this.isWriting = false
  }
}

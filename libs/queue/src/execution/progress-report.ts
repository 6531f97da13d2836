import { setTimeout as wait } from 'node:timers/promises'

/** Who watches a task looks no more often. */
const leastGapMs = 1_000

/**
 * A task's progress on its way to the queue, however often the task tells of it: whole percents that only rise, at most
 * one write under way, and writes a second apart.
 */
export class ProgressReport {
  private readonly ending = new AbortController()
  private told = 0
  private isWriting = false

  /** @param write may fail: what counts is the task's outcome, and the next write says more anyway */
  constructor(
    private readonly write: (percent: number) => Promise<void>,
    private readonly gapMs = leastGapMs,
  ) {}

  /** @param percent 0 to 100; what is not more than was told before changes nothing */
  tell(percent: number): void {
    const whole = Math.min(100, Math.floor(percent))
    if (!(whole > this.told)) return
    this.told = whole
    if (!this.isWriting) void this.writeOn()
  }

  /** Nothing is written from now on. */
  end(): void {
    this.ending.abort()
  }

  private async writeOn(): Promise<void> {
    const { signal } = this.ending
    this.isWriting = true
    for (let written = -1; written < this.told && !signal.aborted;) {
      written = this.told
      await this.write(written).catch(() => undefined)
      await wait(this.gapMs, undefined, { signal }).catch(() => undefined)
    }
    this.isWriting = false
  }
}

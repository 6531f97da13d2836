import type { AppError } from '@libs/kernel'

/** A stop takes effect within half a second, killing ffmpeg included. */
const lookEveryMs = 300

/** Looks again and again whether there is a reason to leave a job, until there is one or `end` is called. */
export class StopListener {
  private readonly timer: NodeJS.Timeout
  private isLooking = false

  /** @param look may fail: a queue that is away tells nobody to stop */
  constructor(
    private readonly look: () => Promise<AppError | undefined>,
    private readonly onStop: (why: AppError) => void,
  ) {
    this.timer = setInterval(() => void this.ask(), lookEveryMs)
  }

  end(): void {
    clearInterval(this.timer)
  }

  private async ask(): Promise<void> {
    if (this.isLooking) return
    this.isLooking = true
    const why = await this.look().catch(() => undefined)
    this.isLooking = false
    if (why === undefined) return
    this.end()
    this.onStop(why)
  }
}

/** A stop takes effect within half a second, killing ffmpeg included. */
const lookEveryMs = 300

/** Looks again and again whether a job was told to stop, until it was or `end` is called. */
export class StopListener {
  private readonly timer: NodeJS.Timeout
  private isLooking = false

  /** @param look may fail: a queue that is away tells nobody to stop */
  constructor(
    private readonly look: () => Promise<boolean>,
    private readonly onStop: () => void,
  ) {
    this.timer = setInterval(() => void this.ask(), lookEveryMs)
  }

  end(): void {
    clearInterval(this.timer)
  }

  private async ask(): Promise<void> {
    if (this.isLooking) return
    this.isLooking = true
    const isToStop = await this.look().catch(() => false)
    this.isLooking = false
    if (!isToStop) return
    this.end()
    this.onStop()
  }
}

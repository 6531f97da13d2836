import { Clock } from '@libs/kernel'
import type { DataSource } from 'typeorm'

const compareEveryMs = 60_000
/** Of so many answers the quickest says best how far apart the clocks are: a busy machine keeps the others waiting. */
const looks = 5

/** PostgreSQL's time: leases and schedules of several machines must not depend on which one's clock is off. */
export class DatabaseClock extends Clock {
  private aheadMs = 0
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly dataSource: DataSource) {
    super()
  }

  override nowMs(): number {
    return Date.now() + this.aheadMs
  }

  async start(): Promise<void> {
    await this.compare()
    this.timer = setInterval(() => void this.compare().catch(() => undefined), compareEveryMs)
    this.timer.unref()
  }

  stop(): void {
    clearInterval(this.timer)
  }

  private async compare(): Promise<void> {
    let quickestMs = Infinity
    for (let look = 0; look < looks; look += 1) {
      const sentMs = Date.now()
      const [row] = await this.dataSource.query<{ now: Date }[]>('select clock_timestamp() as now')
      const tookMs = Date.now() - sentMs
      if (row === undefined || tookMs >= quickestMs) continue
      quickestMs = tookMs
      this.aheadMs = Math.round(row.now.getTime() - sentMs - tookMs / 2)
    }
  }
}

import { setTimeout as wait } from 'node:timers/promises'
import type { Postmaster } from './postmaster'

const shortestPauseMs = 250
const longestPauseMs = 10_000

/** A server that is started again, with growing pauses, whenever it dies without having been told to. */
export class KeptUpPostmaster {
  private current: Postmaster | undefined
  private stopping = false
  private restarting: Promise<void> | undefined

  constructor(
    private readonly startOnce: () => Promise<Postmaster>,
    private readonly report: (line: string) => void,
  ) {}

  /** @throws Error of the first start; later ones are reported and tried again */
  async start(): Promise<void> {
    this.current = await this.startOnce()
    this.current.process.once('exit', () => {
      if (!this.stopping) this.restarting = this.restart()
    })
  }

  async stop(): Promise<void> {
    this.stopping = true
    await this.restarting
    await this.current?.stop()
  }

  private async restart(): Promise<void> {
    for (let pauseMs = shortestPauseMs; !this.stopping; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      this.report(`PostgreSQL died; starting it again in ${pauseMs} ms`)
      await wait(pauseMs)
      try {
        await this.start()
        return
      } catch (thrown) {
        this.report(String(thrown))
      }
    }
  }
}

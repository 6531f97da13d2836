import { Logger } from '@nestjs/common'
import { setTimeout as wait } from 'node:timers/promises'
import { Counter } from 'prom-client'

export interface LoopOptions {
  readonly name: string
  /** One round; returns how much it did. */
  readonly work: () => Promise<number>
  /** How long to rest after a round that found nothing, unless the bell rings. */
  readonly idleMs: number
  /** Rounds start at least so far apart: what comes meanwhile is done together. */
  readonly gapMs?: number
  /** A round that takes longer hangs. */
  readonly roundLimitMs?: number
  /** Told when a round hangs. */
  readonly onStuck?: () => void
  /** Subscribes to the bell; returns a function that unsubscribes. */
  readonly listen?: (onRing: () => void) => () => void
}

const longestPauseMs = 5_000
/** Statements, look-ups and jobs have limits of their own, which together are much shorter. */
const usualRoundMs = 120_000

const failedRounds = new Counter({
  name: 'stillflow_loop_failures_total',
  help: 'Rounds of a conductor that failed and were tried again.',
  labelNames: ['loop'],
})

/** Does rounds of work one after the other: at once while there is some, else when the bell rings or time has passed. */
export class Loop {
  private readonly logger: Logger
  private stopping = false
  private rung = false
  private stuck = false
  private wake: (() => void) | undefined
  private running: Promise<void> | undefined
  private unlisten: (() => void) | undefined

  constructor(private readonly options: LoopOptions) {
    this.logger = new Logger(options.name)
  }

  start(): void {
    this.unlisten = this.options.listen?.(() => {
      this.ring()
    })
    this.running = this.rounds()
  }

  /** Whether the round under way has taken too long. */
  get isStuck(): boolean {
    return this.stuck
  }

  /** Returns when the round under way has ended. */
  async stop(): Promise<void> {
    this.stopping = true
    this.unlisten?.()
    this.ring()
    await this.running
  }

  private ring(): void {
    this.rung = true
    this.wake?.()
  }

  private async rounds(): Promise<void> {
    let failures = 0
    while (!this.stopping) {
      this.rung = false
      const startedMs = performance.now()
      try {
        const done = await this.watched(this.options.work())
        failures = 0
        if (done === 0) await this.rest(this.options.idleMs)
        await this.pause((this.options.gapMs ?? 0) - (performance.now() - startedMs))
      } catch (thrown) {
        failures += 1
        failedRounds.inc({ loop: this.options.name })
        this.logger.warn({ err: thrown, failures }, 'A round failed and is tried again.')
        this.rung = false
        await this.rest(Math.min(this.options.idleMs * 2 ** failures, longestPauseMs))
      }
    }
  }

  /** Nobody can end a round that hangs: it is told of, so that the process is. */
  private async watched(round: Promise<number>): Promise<number> {
    const timer = setTimeout(() => {
      this.stuck = true
      this.options.onStuck?.()
    }, this.options.roundLimitMs ?? usualRoundMs)
    try {
      return await round
    } finally {
      clearTimeout(timer)
      this.stuck = false
    }
  }

  private async pause(ms: number): Promise<void> {
    if (ms > 0 && !this.stopping) await wait(ms)
  }

  /** A bell that rang during the round counts: its work may have come after the round had looked. */
  private async rest(ms: number): Promise<void> {
    if (this.rung || this.stopping) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.wake = undefined
  }
}

import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { openAppLog } from './app-log'

const readyLimitMs = 60_000
/** Beyond the time that an app gives itself. */
const killAfterMs = 5_000
const longestPauseMs = 30_000
/** An app that stayed up this long has recovered: its next death starts with the shortest pause again. */
const recoveredAfterMs = 60_000

export interface ChildAppSettings {
  readonly name: string
  readonly main: string
  /** Options of Node itself. */
  readonly execArgv: string[]
  readonly env: NodeJS.ProcessEnv
  readonly logFile: string
  /** How long it gives itself to stop. */
  readonly stopLimitMs: number
  readonly report: (line: string) => void
}

/** One app as a child process: started, started again with growing pauses when it dies by itself, and stopped. */
export class ChildApp {
  private process: ChildProcess | undefined
  private stopping = false
  private restarting: Promise<void> | undefined
  private readonly giveUpPause = new AbortController()
  private readonly log

  constructor(private readonly settings: ChildAppSettings) {
    this.log = openAppLog(settings.logFile, (line) => settings.report(`${settings.name}: ${line}`))
  }

  /** @throws Error when it ends, or is not ready within a minute: then it is not started again */
  async start(): Promise<void> {
    const child = this.fork()
    await readiness(child, this.settings)
    this.keepUp(child, Date.now(), 500)
  }

  /** Asks it to end and kills it when it does not. */
  async stop(): Promise<void> {
    this.stopping = true
    this.giveUpPause.abort()
    await this.restarting
    const child = this.process
    if (child && isRunning(child)) {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      const impatient = setTimeout(() => child.kill('SIGKILL'), this.settings.stopLimitMs + killAfterMs)
      await exited
      clearTimeout(impatient)
    }
    this.log.end()
  }

  private fork(): ChildProcess {
    const { main, execArgv, env } = this.settings
    // A session of its own, so that Ctrl-C in a terminal reaches the launcher alone, which stops all in order.
    const child = fork(main, { env, execArgv, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    if (child.stdout) this.log.add(child.stdout)
    if (child.stderr) this.log.add(child.stderr)
    this.process = child
    return child
  }

  private keepUp(child: ChildProcess, sinceMs: number, pauseMs: number): void {
    child.once('exit', (code, signal) => {
      if (this.stopping) return
      const nextPauseMs = Date.now() - sinceMs > recoveredAfterMs ? 500 : pauseMs
      this.settings.report(
        `${this.settings.name} ended (${howItEnded(code, signal)}); starting it again in ${nextPauseMs} ms`,
      )
      this.restarting = this.restart(nextPauseMs)
    })
  }

  private async restart(pauseMs: number): Promise<void> {
    await wait(pauseMs, undefined, { signal: this.giveUpPause.signal }).catch(() => undefined)
    if (this.stopping) return
    this.keepUp(this.fork(), Date.now(), Math.min(pauseMs * 2, longestPauseMs))
  }
}

function readiness(child: ChildProcess, { name, logFile }: ChildAppSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${name} was not ready in time; its log is ${logFile}`)),
      readyLimitMs,
    )
    child.once('message', () => {
      clearTimeout(timer)
      resolve()
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      reject(new Error(`${name} ended at its start (${howItEnded(code, signal)}); its log is ${logFile}`))
    })
  })
}

function howItEnded(code: number | null, signal: NodeJS.Signals | null): string {
  return signal ?? `code ${code ?? 'unknown'}`
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null
}

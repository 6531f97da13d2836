import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const restartPauseMs = 300
const readyLimitMs = 60_000
const stopLimitMs = 20_000

export interface MemberSettings {
  /** Of its folder in `dist/apps`. */
  readonly app: string
  readonly env: NodeJS.ProcessEnv
  /** Options of Node itself, such as what to load first. */
  readonly execArgv: readonly string[]
}

/** One process of the product; a supervisor's duty is done here, for the nemesis kills without mercy. */
export class Member {
  /** How often it was started. */
  starts = 0
  private child: ChildProcess | undefined
  private stopping = false
  private readonly log: WriteStream

  constructor(
    readonly name: string,
    readonly settings: MemberSettings,
    private readonly appsDir: string,
    logFolder: string,
  ) {
    this.log = createWriteStream(join(logFolder, `${name}.log`), { flags: 'a' })
  }

  get pid(): number | undefined {
    return this.child?.pid
  }

  get app(): string {
    return this.settings.app
  }

  /** @returns when it says that it is ready @throws Error when it ends before */
  async start(): Promise<void> {
    const child = this.launch()
    const failed = once(child, 'exit').then(([code]) => {
      throw new Error(`${this.name} ended with ${String(code)} at its start.`)
    })
    failed.catch(() => undefined)
    const late = wait(readyLimitMs, undefined, { ref: false }).then(() => {
      throw new Error(`${this.name} was not ready in time.`)
    })
    late.catch(() => undefined)
    await Promise.race([once(child, 'message'), failed, late])
  }

  /** A signal that it may survive; one that it does not is followed by a new start. */
  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal)
  }

  /** Has it stop in order, and waits until the next one is ready. @returns the exit code */
  async replace(): Promise<number | null> {
    const { child } = this
    if (child === undefined) throw new Error(`${this.name} was never started.`)
    child.kill('SIGTERM')
    const [code] = (await once(child, 'exit')) as [number | null]
    while (this.child === child) await wait(restartPauseMs / 10)
    const next = this.child
    if (next !== undefined) await once(next, 'message')
    return code
  }

  async stop(): Promise<void> {
    this.stopping = true
    const { child } = this
    if (child?.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit')
      child.kill('SIGCONT')
      child.kill('SIGTERM')
      const impatient = setTimeout(() => child.kill('SIGKILL'), stopLimitMs)
      await exited
      clearTimeout(impatient)
    }
    this.log.end()
  }

  private launch(): ChildProcess {
    const { app, env, execArgv } = this.settings
    const main = join(this.appsDir, app, 'src', 'main.js')
    const child = fork(main, { env, execArgv: [...execArgv], detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    child.stdout?.pipe(this.log, { end: false })
    child.stderr?.pipe(this.log, { end: false })
    this.starts += 1
    this.child = child
    child.once('exit', () => {
      if (this.stopping || this.child !== child) return
      setTimeout(() => {
        if (!this.stopping) this.launch()
      }, restartPauseMs)
    })
    return child
  }
}

/** The processes of a product. */
export class Fleet {
  readonly members: Member[] = []

  constructor(
    private readonly appsDir: string,
    private readonly logFolder: string,
  ) {
    mkdirSync(logFolder, { recursive: true })
  }

  async start(all: readonly MemberSettings[]): Promise<void> {
    const fresh = all.map((settings) => {
      const same = this.members.filter(({ app }) => app === settings.app).length
      const member = new Member(`${settings.app}-${same + 1}`, settings, this.appsDir, this.logFolder)
      this.members.push(member)
      return member
    })
    await Promise.all(fresh.map((member) => member.start()))
  }

  /** @param app a name, or its beginning: `worker-` is all workers */
  of(app: string): readonly Member[] {
    return this.members.filter((member) => member.app.startsWith(app))
  }

  async stop(): Promise<void> {
    await Promise.all(this.members.map((member) => member.stop()))
  }
}

import { inheritedEnv } from '@libs/kernel'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { repositoryRoot } from '../../../apps/standalone/src/apps/apps'

/** One app of the built product, without a launcher that would start it again. */
export class AppProcess {
  private readonly said: Promise<string>
  private readonly exited: Promise<readonly [code: number | null, signal: string | null]>

  private constructor(readonly process: ChildProcess) {
    this.said = Promise.all([process.stdout, process.stderr].map(async (out) => (out ? text(out) : ''))).then((outs) =>
      outs.join(''),
    )
    this.exited = once(process, 'exit') as Promise<[number | null, string | null]>
  }

  /** @param env laid over the environment; `undefined` hides a variable. @returns when the app is ready */
  static async start(name: string, env: NodeJS.ProcessEnv): Promise<AppProcess> {
    const child = forkApp(name, env)
    const app = new AppProcess(child)
    const ended = app.exited.then(async () => {
      throw new Error(`${name} ended at its start: ${await app.said}`)
    })
    await Promise.race([once(child, 'message'), ended])
    ended.catch(() => undefined)
    return app
  }

  /** Runs an app that ends by itself. @returns its exit code */
  static async run(name: string, env: NodeJS.ProcessEnv): Promise<number | null> {
    return new AppProcess(forkApp(name, env)).exitCode()
  }

  /** Sends a signal. @returns the exit code, and how long it took to end */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ readonly code: number | null; readonly tookMs: number }> {
    const startedMs = performance.now()
    this.process.kill(signal)
    return { code: await this.exitCode(), tookMs: performance.now() - startedMs }
  }

  async exitCode(): Promise<number | null> {
    const [code] = await this.exited
    return code
  }

  /** Everything it has said, once it has ended. */
  log(): Promise<string> {
    return this.said
  }
}

function forkApp(name: string, env: NodeJS.ProcessEnv): ChildProcess {
  const main = join(repositoryRoot(), 'dist', 'apps', name, 'src', 'main.js')
  return fork(main, { env: { ...inheritedEnv(), ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
}

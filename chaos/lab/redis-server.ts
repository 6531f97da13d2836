import { freePort } from '../../apps/standalone/src/free-port'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { Redis } from 'ioredis'

export interface RedisPersistence {
  /** Append-only, as production has it. Without it a kill loses everything. */
  readonly appendOnly: boolean
}

/** A redis-server that is killed, frozen and filled on purpose. */
export class RedisServer {
  private child: ChildProcess | undefined

  private constructor(
    private readonly folder: string,
    readonly port: number,
    private persistence: RedisPersistence,
  ) {}

  static async start(folder: string, persistence: RedisPersistence): Promise<RedisServer> {
    mkdirSync(folder, { recursive: true })
    const server = new RedisServer(folder, await freePort('127.0.0.1'), persistence)
    await server.startAgain()
    return server
  }

  /** @param port of a proxy in front of it */
  urlBy(port = this.port): string {
    return `redis://127.0.0.1:${port}`
  }

  async startAgain(persistence = this.persistence): Promise<void> {
    this.persistence = persistence
    const { appendOnly } = persistence
    if (!appendOnly) rmSync(`${this.folder}/appendonlydir`, { recursive: true, force: true })
    const child = spawn(
      'redis-server',
      [
        ...['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--save', ''],
        ...['--appendonly', appendOnly ? 'yes' : 'no', '--maxmemory-policy', 'noeviction'],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    this.child = child
    let said = ''
    for await (const chunk of child.stdout) {
      said += String(chunk)
      if (said.includes('Ready to accept connections')) break
    }
    child.stdout.resume()
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.child?.kill(signal)
  }

  async kill(): Promise<void> {
    const { child } = this
    if (child === undefined) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
    this.child = undefined
  }

  /** Sends commands as an operator would. */
  async command(...words: readonly [string, ...string[]]): Promise<unknown> {
    const client = new Redis(this.urlBy(), { maxRetriesPerRequest: 1 })
    try {
      const [command, ...args] = words
      return await client.call(command, ...args)
    } finally {
      client.disconnect()
    }
  }
}

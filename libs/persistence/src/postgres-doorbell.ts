import { type Chime, Doorbell } from '@libs/workflow'
import { EventEmitter } from 'node:events'
import { Client } from 'pg'
import type { DataSource } from 'typeorm'

const channel = 'stillflow_doorbell'
const reconnectMs = 1_000

/**
 * NOTIFY after the commit, in a statement of its own and at most one under way per chime: inside the transaction it
 * would serialise every commit of the instance.
 */
export class PostgresDoorbell extends Doorbell {
  private readonly chimes = new EventEmitter().setMaxListeners(0)
  private readonly ringing = new Map<Chime, 'once' | 'again'>()
  private listener: Client | undefined
  private stopped = false
  private reconnectTimer: NodeJS.Timeout | undefined

  constructor(
    private readonly dataSource: DataSource,
    private readonly url: string,
  ) {
    super()
  }

  override ring(chime: Chime): void {
    this.chimes.emit(chime)
    if (this.ringing.has(chime)) this.ringing.set(chime, 'again')
    else void this.notify(chime)
  }

  override ringHere(chime: Chime): void {
    this.chimes.emit(chime)
  }

  override listen(chime: Chime, onRing: () => void): () => void {
    this.chimes.on(chime, onRing)
    return () => this.chimes.off(chime, onRing)
  }

  /** Starts hearing other processes, and goes on trying when the connection is lost. */
  async start(): Promise<void> {
    const client = new Client({ connectionString: this.url, keepAlive: true })
    client.on('notification', ({ payload }) => this.chimes.emit(payload ?? ''))
    client.on('error', () => undefined)
    client.once('end', () => this.reconnectSoon())
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
      this.listener = client
    } catch {
      await client.end().catch(() => undefined)
    }
    if (this.stopped) await client.end()
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.reconnectTimer)
    await this.listener?.end()
  }

  private reconnectSoon(): void {
    if (this.stopped) return
    clearTimeout(this.reconnectTimer)
    this.reconnectTimer = setTimeout(() => void this.start(), reconnectMs)
    this.reconnectTimer.unref()
  }

  private async notify(chime: Chime): Promise<void> {
    this.ringing.set(chime, 'once')
    try {
      await this.dataSource.query(`select pg_notify('${channel}', $1)`, [chime])
    } catch {
      // Nobody is lost: those who are not told look by themselves.
    }
    const again = this.ringing.get(chime) === 'again'
    this.ringing.delete(chime)
    if (again && !this.stopped) void this.notify(chime)
  }
}

import { makeLumaClock } from '@libs/testing'
import { randomBytes } from 'node:crypto'
import { openAsBlob, rmSync } from 'node:fs'
import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { z } from 'zod'
import { repositoryRoot } from '../../apps/standalone/src/apps/apps'
import { migrate } from '../../apps/standalone/src/apps/start-apps'
import { freePort } from '../../apps/standalone/src/free-port'
import { type ProductSettings, readProductSettings } from '../../apps/standalone/src/product-settings'
import { Caller } from '../clients/caller'
import { Receiver } from '../clients/receiver'
import { Fleet, type MemberSettings } from './fleet'
import { PostgresServer } from './postgres-server'
import { type RedisPersistence, RedisServer } from './redis-server'
import { TcpProxy } from './tcp-proxy'

export type Backend = 'redis' | 'postgres'

export interface LabOptions {
  readonly backend: Backend
  readonly persistence?: RedisPersistence
  /** How many processes of each app. */
  readonly sizes?: Readonly<Record<string, number>>
  /** Settings for all apps, or for those whose name begins so. */
  readonly env?: NodeJS.ProcessEnv
  readonly envOf?: Readonly<Record<string, NodeJS.ProcessEnv>>
  /** Files of `chaos/preloads` that apps load first. */
  readonly preloads?: Readonly<Record<string, string>>
  /** Puts a wire that can be cut before what these apps reach. */
  readonly wired?: { readonly apps: string; readonly to: 'queue' | 'postgres' }
}

const registered = z.object({ mediaId: z.string() })
const described = z.object({ state: z.string() })
const made = z.object({ definition: z.int() })
const usualSizes = {
  ...{ api: 2, conductor: 2, 'worker-ingest': 1 },
  ...{ 'worker-snapshot-by-time-offset': 2, 'worker-sample-snapshot': 2 },
  ...{ 'worker-image-sprites': 2, 'worker-cover-by-snapshot': 2 },
}
const size = { widthPx: 64, heightPx: 36 }

/** A whole product of real processes, with customers. */
export class Lab {
  private readonly undo: (() => unknown)[] = []
  postgres!: PostgresServer
  redis: RedisServer | undefined
  wire: TcpProxy | undefined
  fleet!: Fleet
  receiver!: Receiver
  caller!: Caller
  mediaId = ''
  definitions: Readonly<Record<'snapshot' | 'sample' | 'sprite', number>> = { snapshot: 0, sample: 0, sprite: 0 }

  private constructor(
    readonly folder: string,
    readonly options: LabOptions,
  ) {}

  static async open(options: LabOptions): Promise<Lab> {
    const lab = new Lab(await mkdtemp(join(tmpdir(), 'stillflow-chaos-')), options)
    try {
      await lab.start()
      return lab
    } catch (thrown) {
      await lab.close()
      throw thrown
    }
  }

  /** Stops everything. @param keepFolder to look at logs and files */
  async close(keepFolder = false): Promise<void> {
    for (const step of this.undo.splice(0).toReversed()) await step()
    if (!keepFolder) rmSync(this.folder, { recursive: true, force: true })
  }

  get mediaFolder(): string {
    return join(this.folder, 'data', 'media')
  }

  get workFolder(): string {
    return join(this.folder, 'work')
  }

  /** Asks the database itself, not through any wire. */
  async query<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const client = new Client({ connectionString: this.postgres.urlBy() })
    await client.connect()
    try {
      return (await client.query<Row>(sql, [...values])).rows
    } finally {
      await client.end()
    }
  }

  private async start(): Promise<void> {
    const { backend, persistence = { appendOnly: true }, env } = this.options
    this.postgres = await PostgresServer.start(join(this.folder, 'postgres'))
    this.undo.push(() => this.postgres.stop())
    if (backend === 'redis') {
      const redis = await RedisServer.start(join(this.folder, 'redis'), persistence)
      this.redis = redis
      this.undo.push(() => redis.kill())
    }
    await mkdir(this.workFolder)
    const accessKey = { secretId: `AKID${randomBytes(16).toString('hex')}`, secretKey: randomBytes(20).toString('hex') }
    const settings = await readProductSettings({
      PORT: '0',
      DATABASE_URL: this.postgres.urlBy(),
      REDIS_URL: this.redis?.urlBy(),
      QUEUE_DATABASE_URL: undefined,
      STILLFLOW_DATA_DIR: join(this.folder, 'data'),
      STILLFLOW_SECRET_ID: accessKey.secretId,
      STILLFLOW_SECRET_KEY: accessKey.secretKey,
      WORK_DIR: this.workFolder,
      EGRESS_ALLOW: '127.0.0.0/8',
      RATE_LIMITS: 'off',
      WORKER_CONCURRENCY: '1',
      ...env,
    })
    const appsDir = join(repositoryRoot(), 'dist', 'apps')
    await mkdir(join(settings.dataDir, 'logs'), { recursive: true })
    await migrate({ settings, databaseUrl: this.postgres.urlBy(), appsDir, report: () => undefined })
    await this.wireUp()
    this.fleet = new Fleet(appsDir, join(this.folder, 'logs'))
    this.undo.push(() => this.fleet.stop())
    const urls = await this.startApps(settings)
    this.caller = new Caller(urls, accessKey)
    this.undo.push(() => this.caller.close())
    this.receiver = await Receiver.open()
    this.undo.push(() => this.receiver.close())
    await this.prepare(urls[0] ?? '', accessKey)
  }

  private async wireUp(): Promise<void> {
    const { wired } = this.options
    if (wired === undefined) return
    const toRedis = wired.to === 'queue' && this.redis !== undefined
    const wire = await TcpProxy.to(toRedis ? (this.redis?.port ?? 0) : this.postgres.port)
    this.wire = wire
    this.undo.push(() => wire.close())
  }

  private async startApps(settings: ProductSettings): Promise<readonly string[]> {
    const sizes = { ...usualSizes, ...this.options.sizes }
    const urls: string[] = []
    const members: MemberSettings[] = []
    for (const [app, count] of Object.entries(sizes)) {
      for (let n = 0; n < count; n += 1) {
        const port = app === 'api' ? (n === 0 ? settings.port : await freePort('127.0.0.1')) : undefined
        if (port !== undefined) urls.push(`http://127.0.0.1:${port}`)
        members.push(this.memberOf(app, settings, port))
      }
    }
    await this.fleet.start(members)
    return urls
  }

  private memberOf(app: string, settings: ProductSettings, port: number | undefined): MemberSettings {
    const { envOf = {}, preloads = {}, wired } = this.options
    const own = Object.entries(envOf).filter(([prefix]) => app.startsWith(prefix))
    const wiredTo = wired !== undefined && app.startsWith(wired.apps) ? this.wire?.port : undefined
    const isDatabase = wired?.to === 'postgres' || this.redis === undefined
    const env = {
      ...settings.appEnv(
        { database: app === 'api' || app === 'conductor' },
        this.postgres.urlBy(isDatabase ? wiredTo : undefined),
      ),
      ...(wiredTo !== undefined && !isDatabase && { REDIS_URL: this.redis?.urlBy(wiredTo) }),
      ...(port !== undefined && { PORT: String(port) }),
      ...Object.fromEntries(own.flatMap(([, values]) => Object.entries(values))),
    }
    const loaded = Object.entries(preloads).filter(([prefix]) => app.startsWith(prefix))
    const execArgv = loaded.flatMap(([, file]) => ['--require', join(__dirname, '..', 'preloads', file)])
    return { app, env, execArgv }
  }

  /** A short film, templates for small pictures, and somebody to tell. */
  private async prepare(url: string, accessKey: { secretId: string; secretKey: string }): Promise<void> {
    const clip = join(this.folder, 'clip.mp4')
    await makeLumaClock({ path: clip, seconds: 3, framesPerSecond: 8, widthPx: 96, heightPx: 54 })
    const form = new FormData()
    form.set('file', await openAsBlob(clip), 'clip.mp4')
    const authorization = `Basic ${Buffer.from(`${accessKey.secretId}:${accessKey.secretKey}`).toString('base64')}`
    const response = await fetch(`${url}/v1/media`, { method: 'POST', body: form, headers: { authorization } })
    this.mediaId = registered.parse(await response.json()).mediaId
    let state = ''
    while (state !== 'ready') {
      ;({ state } = described.parse(await this.caller.call('GET', `/v1/media/${this.mediaId}`)))
      if (state === 'failed') throw new Error('The clip was not understood.')
      await wait(50)
    }
    const sampling = { by: 'percent', intervalPercent: 50 }
    const create = async (kind: string, settings: object) =>
      made.parse(await this.caller.call('POST', `/v1/templates/${kind}`, { name: 'small', settings })).definition
    this.definitions = {
      snapshot: await create('snapshot-by-time-offset', { ...size }),
      sample: await create('sample-snapshot', { ...size, sampling }),
      sprite: await create('image-sprite', { ...size, sampling, rows: 2, columns: 2 }),
    }
    await this.caller.call('PUT', '/v1/event-config', { mode: 'push', url: this.receiver.url })
  }
}

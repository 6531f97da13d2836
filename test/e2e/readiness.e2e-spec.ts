import { TcpProxy, testDatabase, type TestDatabase } from '@libs/testing'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { freePort } from '../../apps/standalone/src/free-port'
import { AppProcess } from './product/app-process'
import { waitFor } from './product/wait-for'

interface Report {
  readonly status: string
  readonly broken: readonly string[]
  readonly degraded: readonly string[]
}

const headers = { authorization: `Basic ${Buffer.from('id:key').toString('base64')}` }

let folder: string
let database: TestDatabase
let client: Client
let proxy: TcpProxy
let api: AppProcess
let url: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stillflow-readiness-'))
  database = await testDatabase()
  client = new Client({ connectionString: database.url })
  await client.connect()
  proxy = await TcpProxy.to(database.url)
  const port = await freePort('127.0.0.1')
  url = `http://127.0.0.1:${port}`
  const env = {
    DATABASE_URL: proxy.url,
    // Nobody listens there.
    REDIS_URL: `redis://127.0.0.1:${await freePort('127.0.0.1')}`,
    PORT: String(port),
    HOST: '127.0.0.1',
    STORAGE_URL: `file:${join(folder, 'media')}`,
    STILLFLOW_DATA_DIR: folder,
    PUBLIC_URL: undefined,
    STILLFLOW_SECRET_ID: 'id',
    STILLFLOW_SECRET_KEY: 'key',
    MASTER_KEY: randomBytes(32).toString('base64'),
    MIN_FREE_DISK_MB: '1000000000',
  }
  const migrate = await AppProcess.run('migrate', env)
  expect(migrate).toBe(0)
  api = await AppProcess.start('api', env)
})

afterAll(async () => {
  await api.end('SIGKILL')
  await client.end()
  await proxy.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

async function readyz(): Promise<Report & { readonly code: number }> {
  const response = await fetch(`${url}/readyz`)
  return { code: response.status, ...((await response.json()) as Report) }
}

/** The first report that is of a status; what is looked at stays known for a second. */
const reportOf = (status: string) =>
  waitFor(`A report that the API is ${status}`, 10_000, async () => {
    const report = await readyz()
    return report.status === status ? report : undefined
  })

/** Settings of a database are for new connections. */
const reconnect = () =>
  client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )

it('takes calls without Redis and with a full disk, and says so', async () => {
  const report = await reportOf('degraded')
  expect(report).toMatchObject({ code: 200, broken: [] })
  expect(report.degraded).toEqual([
    'redis: does not answer',
    expect.stringMatching(/^disk: \d+ MB are free for data/),
    expect.stringMatching(/^disk: .* for media/),
  ])
})

it('shows no queues while Redis is away, and says why', async () => {
  for (const path of ['/queues', '/queues/api/queues']) {
    const response = await fetch(`${url}${path}`, { headers })
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ detail: 'The queue does not answer.' })
  }
  expect((await fetch(`${url}/queues`)).status).toBe(401)
})

it('refuses an upload for which there is too little room', async () => {
  const form = new FormData()
  form.set('file', new Blob(['bytes']), 'film.mp4')
  const response = await fetch(`${url}/v1/media`, { method: 'POST', headers, body: form })
  expect(response.status).toBe(507)
  expect(await response.json()).toMatchObject({ code: 'storage.full' })
})

it('is broken while the database takes no writes, and survives the loss of all its connections', async () => {
  const name = client.escapeIdentifier(client.database ?? '')
  await client.query(`alter database ${name} set default_transaction_read_only = on`)
  await reconnect()
  expect(await reportOf('broken')).toMatchObject({ code: 503, broken: ['database: it takes no writes'] })
  await client.query(`alter database ${name} reset default_transaction_read_only`)
  await reconnect()
  expect(await reportOf('degraded')).toMatchObject({ code: 200, broken: [] })
  expect(api.process.exitCode).toBeNull()
})

it('is broken on a schema that is behind it', async () => {
  const { rows } = await client.query<{ name: string; timestamp: string }>(
    'delete from schema_migration where id = (select max(id) from schema_migration) returning name, timestamp',
  )
  expect(await reportOf('broken')).toMatchObject({
    broken: ['database: its schema is 1 changes behind; run the migrations'],
  })
  await client.query('insert into schema_migration (name, timestamp) values ($1, $2)', [
    rows[0]?.name,
    rows[0]?.timestamp,
  ])
  await reportOf('degraded')
})

it('is broken while the database is away', async () => {
  const name = client.escapeIdentifier(client.database ?? '')
  const neighbour = new URL(database.url)
  neighbour.pathname = '/postgres'
  const admin = new Client({ connectionString: neighbour.href })
  await admin.connect()
  await admin.query(`alter database ${name} allow_connections false`)
  await reconnect()
  expect(await reportOf('broken')).toMatchObject({ code: 503, broken: ['database: does not answer'] })
  await admin.query(`alter database ${name} allow_connections true`)
  await admin.end()
  await reportOf('degraded')
})

it('answers within 5 s while the database is frozen, and works on when it is not', async () => {
  const call = async () => {
    const startedMs = performance.now()
    const { status } = await fetch(`${url}/v1/media`, { headers })
    return { status, tookMs: performance.now() - startedMs }
  }
  expect(await call()).toMatchObject({ status: 200 })
  // Every connection stays open and says nothing.
  proxy.swallow('')
  // More than there are connections.
  const answers = await Promise.all(Array.from({ length: 15 }, call))
  for (const { status, tookMs } of answers) {
    expect(status).toBeGreaterThanOrEqual(500)
    expect(tookMs).toBeLessThan(5_500)
  }
  proxy.swallow(undefined)
  await waitFor('An answer', 10_000, async () => ((await call()).status === 200 ? true : undefined))
  expect(api.process.exitCode).toBeNull()
})

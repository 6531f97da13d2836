import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/postgres/embedded-postgres'
import { eventually, forkWithLauncher } from './processes'

jest.setTimeout(60_000)

let dataDir: string
let postgres: EmbeddedPostgres | undefined

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'stillflow-postgres-'))
})

afterEach(async () => {
  await postgres?.stop()
  postgres = undefined
  rmSync(dataDir, { recursive: true, force: true })
})

async function query(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql)
    return rows[0]?.answer
  } finally {
    await client.end()
  }
}

const postmasterPid = (): number =>
  Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])

describe('startEmbeddedPostgres', () => {
  it('keeps its data from one start to the next and its password to itself', async () => {
    postgres = await startEmbeddedPostgres({ dataDir })
    await query(postgres.url, `create table kept as select 42 as answer`)
    expect(await query(postgres.url, `select lower('ÄÖÜ') as answer`)).toBe('äöü')
    await postgres.stop()
    postgres = await startEmbeddedPostgres({ dataDir })
    expect(await query(postgres.url, 'select answer from kept')).toBe(42)
    expect(statSync(join(dataDir, 'postgres-password')).mode & 0o777).toBe(0o600)
    await expect(query(postgres.url.replace(/:[0-9a-f]{48}@/, ':wrong@'), 'select 1 as answer')).rejects.toThrow(
      /password/,
    )
  })

  it('starts the server again, at the same address, when it dies', async () => {
    const lines: string[] = []
    postgres = await startEmbeddedPostgres({ dataDir, durable: false, report: (line) => lines.push(line) })
    const { url } = postgres
    process.kill(postmasterPid(), 'SIGKILL')
    await eventually(async () => {
      expect(await query(url, 'select 1 as answer')).toBe(1)
      expect(lines[0]).toMatch(/PostgreSQL died/)
    })
  })

  it('leaves no server behind when its process is killed', async () => {
    const launcher = forkWithLauncher(
      dataDir,
      `load('postgres/embedded-postgres')
         .startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} })
         .then(({ url }) => process.send(url))`,
    )
    const started: unknown[] = await once(launcher, 'message')
    expect(await query(String(started[0]), 'select 1 as answer')).toBe(1)
    const pid = postmasterPid()
    launcher.kill('SIGKILL')
    await eventually(() => {
      expect(() => process.kill(pid, 0)).toThrow(/ESRCH/)
    })
    postgres = await startEmbeddedPostgres({ dataDir })
    expect(await query(postgres.url, 'select 1 as answer')).toBe(1)
  })

  it('leaves no throw-away data behind when its process is killed', async () => {
    const launcher = forkWithLauncher(
      dataDir,
      `load('postgres/embedded-postgres')
         .startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false })
         .then(({ url }) => process.send(url))`,
    )
    await once(launcher, 'message')
    launcher.kill('SIGKILL')
    await eventually(() => {
      expect(existsSync(join(dataDir, 'postgres'))).toBe(false)
    })
  })
})

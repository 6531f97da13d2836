import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../src/postgres/embedded-postgres'
import { runOnce } from '../src/run-once'
import { writeStandInApps } from './stand-in-apps'

jest.setTimeout(60_000)

/** Says what it was told, and which database it found. */
const doctor = `
  const { writeFileSync } = require('node:fs')
  const { DATABASE_URL, MASTER_KEY_FILE, STORAGE_URL, STILLFLOW_DATA_DIR } = process.env
  const told = { args: process.argv.slice(2), DATABASE_URL, hasKey: MASTER_KEY_FILE !== undefined, STORAGE_URL }
  writeFileSync(STILLFLOW_DATA_DIR + '/told.json', JSON.stringify(told))
  process.exit(process.argv.includes('--bad') ? 1 : 0)`

describe('runOnce', () => {
  let dataDir: string
  let appsDir: string
  let env: Record<string, string | undefined>

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'stillflow-doctor-'))
    appsDir = join(dataDir, 'apps')
    writeStandInApps(appsDir, { doctor })
    env = { STILLFLOW_DATA_DIR: dataDir, DATABASE_URL: undefined, REDIS_URL: undefined, STORAGE_URL: undefined }
  })

  afterEach(() => {
    rmSync(dataDir, { recursive: true, force: true })
  })

  const told = () =>
    JSON.parse(readFileSync(join(dataDir, 'told.json'), 'utf8')) as {
      args: string[]
      DATABASE_URL: string
      hasKey: boolean
      STORAGE_URL: string
    }

  it('passes on what it was told, the settings of the apps, and the verdict', async () => {
    const DATABASE_URL = 'postgres://nobody@127.0.0.1:1/none'
    expect(await runOnce('doctor', ['--url', 'x'], { env: { ...env, DATABASE_URL }, appsDir })).toBe(0)
    expect(told()).toEqual({
      args: ['--url', 'x'],
      DATABASE_URL,
      hasKey: true,
      STORAGE_URL: `file:${join(dataDir, 'media')}`,
    })
    expect(await runOnce('doctor', ['--bad'], { env: { ...env, DATABASE_URL }, appsDir })).toBe(1)
  })

  it('looks at the embedded PostgreSQL that runs, or at one that it starts and stops', async () => {
    const postgres = await startEmbeddedPostgres({ dataDir })
    try {
      expect(await runOnce('doctor', [], { env, appsDir })).toBe(0)
      expect(told().DATABASE_URL).toBe(postgres.url)
    } finally {
      await postgres.stop()
    }
    expect(await runOnce('doctor', [], { env, appsDir })).toBe(0)
    expect(told().DATABASE_URL).toMatch(/^postgres:/)
    expect(told().DATABASE_URL).not.toBe(postgres.url)
    const again = await startEmbeddedPostgres({ dataDir })
    await again.stop()
  })
})

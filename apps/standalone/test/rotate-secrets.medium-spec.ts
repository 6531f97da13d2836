import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keptMasterKey } from '../src/kept-secret'
import { rotateSecrets } from '../src/rotate-secrets'
import { writeStandInApps } from './stand-in-apps'

/** Says what it was told, and fails when a file says so. */
const migrate = `
  const { existsSync, readFileSync, writeFileSync } = require('node:fs')
  const { MASTER_KEY, MASTER_KEY_FILE, STILLFLOW_DATA_DIR } = process.env
  const keys = MASTER_KEY ?? readFileSync(MASTER_KEY_FILE, 'utf8')
  writeFileSync(STILLFLOW_DATA_DIR + '/told.json', JSON.stringify({ command: process.argv[2], keys }))
  process.exit(existsSync(STILLFLOW_DATA_DIR + '/fail') ? 1 : 0)`

describe('rotateSecrets', () => {
  let dataDir: string
  let appsDir: string
  let env: Record<string, string | undefined>

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'stillflow-rotate-'))
    appsDir = join(dataDir, 'apps')
    writeStandInApps(appsDir, { migrate })
    // Nobody connects to it here.
    const databaseUrl = 'postgres://nobody@127.0.0.1:1/none'
    env = { STILLFLOW_DATA_DIR: dataDir, DATABASE_URL: databaseUrl, MASTER_KEY: undefined, MASTER_KEY_FILE: undefined }
  })

  afterEach(() => {
    rmSync(dataDir, { recursive: true })
  })

  const told = () => JSON.parse(readFileSync(join(dataDir, 'told.json'), 'utf8')) as { command: string; keys: string }

  it('has all sealed with a new key, which it then keeps alone', async () => {
    const file = keptMasterKey(join(dataDir, 'master-key'))
    const before = readFileSync(file, 'utf8').trim()
    await rotateSecrets({ env, appsDir })
    const after = readFileSync(file, 'utf8').trim()
    expect(after).toMatch(/^[A-Za-z0-9+/]{43}=$/)
    expect(after).not.toBe(before)
    expect(told()).toEqual({ command: 'rotate-secrets', keys: `${after}\n${before}\n` })
  })

  it('keeps the earlier key when sealing fails, and can be repeated', async () => {
    const file = keptMasterKey(join(dataDir, 'master-key'))
    const before = readFileSync(file, 'utf8').trim()
    writeFileSync(join(dataDir, 'fail'), '')
    await expect(rotateSecrets({ env, appsDir })).rejects.toThrow(/Sealing the secrets anew failed; the log is/)
    expect(readFileSync(file, 'utf8').split('\n')).toContain(before)
    rmSync(join(dataDir, 'fail'))
    await rotateSecrets({ env, appsDir })
    expect(told().keys).toContain(before)
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(1)
  })

  it('leaves keys of the environment to who set them', async () => {
    await rotateSecrets({ env: { ...env, MASTER_KEY: 'newer,older' }, appsDir })
    expect(told()).toEqual({ command: 'rotate-secrets', keys: 'newer,older' })
    expect(existsSync(join(dataDir, 'master-key'))).toBe(false)
  })
})

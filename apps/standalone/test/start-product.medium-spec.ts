import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apps } from '../src/apps/apps'
import { freePort } from '../src/free-port'
import { startProduct, type Product } from '../src/start-product'
import { eventually, forkWithLauncher } from './processes'
import { writeStandInApps } from './stand-in-apps'

jest.setTimeout(60_000)

let folder: string
let dataDir: string
let appsDir: string
let product: Product | undefined
let launcher: ChildProcess | undefined
let env: Record<string, string | undefined>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stillflow-product-'))
  dataDir = join(folder, 'data')
  appsDir = join(folder, 'apps')
  writeStandInApps(appsDir)
  env = {
    STILLFLOW_DATA_DIR: dataDir,
    PORT: String(await freePort('127.0.0.1')),
    DATABASE_URL: undefined,
    REDIS_URL: undefined,
    STILLFLOW_SECRET_ID: undefined,
    STILLFLOW_SECRET_KEY: undefined,
    MASTER_KEY: undefined,
    MASTER_KEY_FILE: undefined,
  }
})

afterEach(async () => {
  await product?.stop()
  product = undefined
  launcher?.kill('SIGKILL')
  await eventually(() => expect(serverIsRunning()).toBe(false))
  rmSync(folder, { recursive: true, force: true })
})

function envOf(app: string): Record<string, string> & { pid: number } {
  return JSON.parse(readFileSync(join(dataDir, `${app}.env.json`), 'utf8')) as Record<string, string> & { pid: number }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function serverIsRunning(): boolean {
  try {
    return isRunning(Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]))
  } catch {
    return false
  }
}

const runningApps = (): string[] =>
  Object.keys(apps).filter((app) => existsSync(join(dataDir, `${app}.env.json`)) && isRunning(envOf(app).pid))

/** A launcher in a process of its own, as `npm start` makes it; resolves when it says that it is ready. */
async function launch(): Promise<ChildProcess> {
  launcher = forkWithLauncher(
    folder,
    `Object.assign(process.env, ${JSON.stringify(env)})
     delete process.env.DATABASE_URL
     delete process.env.REDIS_URL
     const write = process.stdout.write
     process.stdout.write = (text) => { if (text.startsWith('Stillflow is ready at')) process.send(text); return true }
     load('stay-up').stayUp({ appsDir: ${JSON.stringify(appsDir)} })`,
  )
  expect(await once(launcher, 'message')).toEqual([
    `Stillflow is ready at http://127.0.0.1:${env['PORT'] ?? ''}\n`,
    undefined,
  ])
  return launcher
}

describe('startProduct', () => {
  it('starts every app, tells only those of the database that may know, and stops all of it', async () => {
    product = await startProduct({ env, appsDir })
    expect(await (await fetch(product.url)).text()).toBe('here')
    expect(product.accessKey).toEqual({ secretId: 'id', secretKey: 'key' })
    expect(envOf('conductor')['DATABASE_URL']).toMatch(/^postgres:\/\/stillflow:/)
    const worker = envOf('worker-ingest')
    expect(worker['DATABASE_URL']).toBeUndefined()
    for (const app of ['api', 'conductor']) expect(envOf(app)['MASTER_KEY_FILE']).toBe(join(dataDir, 'master-key'))
    expect(worker['MASTER_KEY_FILE']).toBeUndefined()
    expect(statSync(join(dataDir, 'master-key')).mode & 0o777).toBe(0o600)
    expect(worker['QUEUE_DATABASE_URL']).toMatch(/^postgres:\/\/stillflow_worker:/)
    expect(runningApps()).toHaveLength(7)
    await product.stop()
    expect(runningApps()).toEqual([])
    expect(serverIsRunning()).toBe(false)
  })

  it('hides the access key of the environment from the workers and gives them no database when there is Redis', async () => {
    product = await startProduct({
      env: {
        ...env,
        REDIS_URL: 'redis://127.0.0.1:6379',
        STILLFLOW_SECRET_ID: 'me',
        STILLFLOW_SECRET_KEY: 'mine',
        MASTER_KEY: 'k',
      },
      appsDir,
    })
    expect(product.accessKey).toEqual({ secretId: 'me', secretKey: 'mine' })
    expect(product.accessKeyFile).toBeUndefined()
    const worker = envOf('worker-image-sprites')
    expect(worker['REDIS_URL']).toBe('redis://127.0.0.1:6379')
    expect(worker['QUEUE_DATABASE_URL']).toBeUndefined()
    expect(worker['STILLFLOW_SECRET_KEY']).toBeUndefined()
    expect(worker['MASTER_KEY']).toBeUndefined()
    expect(envOf('api')['MASTER_KEY']).toBe('k')
    expect(existsSync(join(dataDir, 'master-key'))).toBe(false)
  })

  it('starts an app again when it dies', async () => {
    const lines: string[] = []
    product = await startProduct({ env, appsDir, report: (line) => lines.push(line) })
    const { pid } = envOf('worker-sample-snapshot')
    process.kill(pid, 'SIGKILL')
    await eventually(() => {
      expect(envOf('worker-sample-snapshot').pid).not.toBe(pid)
      expect(lines).toContain('worker-sample-snapshot ended (SIGKILL); starting it again in 500 ms')
    })
  })

  it('says which app did not start, and leaves nothing running', async () => {
    writeStandInApps(appsDir, { 'worker-ingest': `console.error('no such codec'); process.exit(3)` })
    const lines: string[] = []
    await expect(startProduct({ env, appsDir, report: (line) => lines.push(line) })).rejects.toThrow(
      /^worker-ingest ended at its start \(code 3\); its log is .*worker-ingest\.log$/,
    )
    expect(lines).toContain('worker-ingest: no such codec')
    expect(runningApps()).toEqual([])
    expect(serverIsRunning()).toBe(false)
  })

  it('refuses a data folder that is in use', async () => {
    product = await startProduct({ env, appsDir })
    await expect(startProduct({ env: { ...env, PORT: '0' }, appsDir })).rejects.toThrow(/already running on/)
  })
})

describe('stayUp', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'stops everything once on %s, however often it comes',
    async (signal) => {
      const running = await launch()
      running.kill(signal)
      running.kill(signal)
      expect(await once(running, 'exit')).toEqual([0, null])
      expect(runningApps()).toEqual([])
      expect(serverIsRunning()).toBe(false)
    },
  )

  it('leaves nothing behind that blocks the next start when it is killed', async () => {
    const running = await launch()
    running.kill('SIGKILL')
    await once(running, 'exit')
    product = await startProduct({ env, appsDir })
    expect(await (await fetch(product.url)).text()).toBe('here')
  })
})

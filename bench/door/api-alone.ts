import { aMedia } from '@libs/testing'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Client } from 'pg'
import { apps } from '../../apps/standalone/src/apps/apps'
import { startEmbeddedPostgres } from '../../apps/standalone/src/postgres/embedded-postgres'
import { type Product, startProduct } from '../../apps/standalone/src/start-product'

/** This file runs from dist/bench/door. */
const dist = resolve(__dirname, '..', '..')

export interface ApiAlone extends Product {
  readonly database: Client
  /** A media that is ready. */
  readonly mediaId: string
}

/** The real API on an embedded PostgreSQL; nothing takes the tasks that it accepts. @param storage where files are */
export async function startApiAlone(storage: NodeJS.ProcessEnv = {}): Promise<ApiAlone> {
  const folder = mkdtempSync(join(tmpdir(), 'stillflow-bench-door-'))
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') })
  const env = {
    PORT: '0',
    STILLFLOW_DATA_DIR: join(folder, 'data'),
    DATABASE_URL: postgres.url,
    REDIS_URL: undefined,
    PUBLIC_URL: undefined,
    STORAGE_URL: undefined,
    LOG_LEVEL: 'warn',
    RATE_LIMITS: 'off',
    ...storage,
  }
  const product = await startProduct({ env, appsDir: apiAndIdlers(folder) })
  const database = new Client({ connectionString: postgres.url })
  await database.connect()
  const stop = async (): Promise<void> => {
    await database.end()
    await product.stop()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...product, stop, database, mediaId: await uploadReady(product, database) }
}

function apiAndIdlers(folder: string): string {
  const appsDir = join(folder, 'apps')
  const idler = JSON.stringify(join(dist, 'bench', 'door', 'idle-app.js'))
  for (const app of ['migrate', ...Object.keys(apps)]) {
    mkdirSync(join(appsDir, app, 'src'), { recursive: true })
    writeFileSync(join(appsDir, app, 'src', 'main.js'), `require(${idler})\n`)
  }
  for (const app of ['api', 'migrate']) {
    rmSync(join(appsDir, app), { recursive: true })
    symlinkSync(join(dist, 'apps', app), join(appsDir, app))
  }
  return appsDir
}

/** Uploads a file that nobody looks at, and says of it what a probe would. */
async function uploadReady({ url, accessKey }: Product, database: Client): Promise<string> {
  const form = new FormData()
  form.set('file', new Blob(['not looked at']), 'clip.mp4')
  const authorization = `Basic ${Buffer.from(`${accessKey.secretId}:${accessKey.secretKey}`).toString('base64')}`
  await fetch(`${url}/v1/media`, { method: 'POST', headers: { authorization }, body: form })
  const { rows } = await database.query<{ id: string }>(`update media set state = 'ready', info = $1 returning id`, [
    JSON.stringify(aMedia().info),
  ])
  return rows[0]?.id ?? ''
}

import { kindNames, type KindName } from '@libs/tasks'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Product, startProduct } from '../../apps/standalone/src/start-product'

/** This file runs from dist/bench/flow. */
const dist = resolve(__dirname, '..', '..')

function workerFolder(kind: KindName): string {
  return `worker-${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

/** The real api, conductor and migrate beside workers that do nothing. */
function instantApps(folder: string): string {
  for (const app of ['api', 'conductor', 'migrate']) symlinkSync(join(dist, 'apps', app), join(folder, app))
  for (const kind of kindNames) {
    const src = join(folder, workerFolder(kind), 'src')
    mkdirSync(src, { recursive: true })
    const instantWorker = JSON.stringify(join(dist, 'bench', 'flow', 'instant-worker.js'))
    writeFileSync(join(src, 'main.js'), `require(${instantWorker}).instantWorkers.${kind}()\n`)
  }
  return folder
}

export interface BenchProduct extends Product {
  readonly folder: string
}

/** Starts the product with instant workers, or with its real ones, in a folder of its own, on its own PostgreSQL unless told another. */
export async function startBenchProduct(
  redisUrl: string | undefined,
  workers: 'instant' | 'real',
  databaseUrl?: string,
): Promise<BenchProduct> {
  const folder = mkdtempSync(join(tmpdir(), 'stillflow-bench-'))
  const env = {
    PORT: '0',
    STILLFLOW_DATA_DIR: join(folder, 'data'),
    REDIS_URL: redisUrl,
    DATABASE_URL: databaseUrl,
    QUEUE_DATABASE_URL: undefined,
    PUBLIC_URL: undefined,
    STORAGE_URL: undefined,
    EGRESS_ALLOW: '127.0.0.0/8',
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'warn',
    ...(workers === 'instant' && { WORKER_CONCURRENCY: '8' }),
  }
  const appsDir = workers === 'instant' ? instantApps(folder) : join(dist, 'apps')
  const product = await startProduct({ env, appsDir })
  const stop = async (): Promise<void> => {
    await product.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...product, stop, folder }
}

import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Pool } from 'pg'
import { startEmbeddedPostgres } from '../../apps/standalone/src/postgres/embedded-postgres'
import { type Product, startProduct } from '../../apps/standalone/src/start-product'
import { originHost } from '../servers/addresses'

export interface CorpusProduct extends Product {
  /** Where workers keep scratch files. */
  readonly workDir: string
  /** Where media and pictures are kept. */
  readonly storeDir: string
  readonly database: Pool
}

export interface CorpusProductSettings {
  readonly folder: string
  /** The certificate of who signs the corpus's servers, as a file. */
  readonly authority: string
  /** What the fake resolver answers. */
  readonly names: object
  /** For media and pictures; by default one in the data folder. */
  readonly storeDir?: string | undefined
  readonly env?: NodeJS.ProcessEnv
}

/** A sparse file of more is refused before it is fetched. */
const mostPulledMb = 64
/** How long strangers' servers are waited for; by default it is 15 s. */
const patienceS = 3

/** The real product with all its apps, on an embedded PostgreSQL that keeps nothing. */
export async function startCorpusProduct(settings: CorpusProductSettings): Promise<CorpusProduct> {
  const { folder, authority, names } = settings
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), durable: false })
  const workDir = join(folder, 'work')
  mkdirSync(workDir, { recursive: true })
  const storeDir = settings.storeDir ?? join(folder, 'data', 'media')
  const env = {
    ...usersChoices,
    PORT: '0',
    DATABASE_URL: postgres.url,
    STILLFLOW_DATA_DIR: join(folder, 'data'),
    WORK_DIR: workDir,
    STORAGE_URL: `file:${storeDir}`,
    EGRESS_ALLOW: `${originHost}/32`,
    RATE_LIMITS: 'off',
    PULL_MAX_MB: String(mostPulledMb),
    PULL_STALL_SECONDS: String(patienceS),
    NODE_EXTRA_CA_CERTS: authority,
    NODE_OPTIONS: `--require ${resolve(__dirname, '..', 'servers', 'fake-resolver.js')}`,
    CORPUS_NAMES: JSON.stringify(names),
    ...settings.env,
  }
  const product = await startProduct({ env }).catch(async (thrown: unknown) => {
    await postgres.stop()
    throw thrown
  })
  const database = new Pool({ connectionString: postgres.url, max: 2 })
  // Its server ends before it does where something went wrong.
  database.on('error', () => undefined)
  const stop = async (): Promise<void> => {
    await database.end()
    await product.stop()
    await postgres.stop()
  }
  return { ...product, stop, database, workDir, storeDir }
}

/** Settings that somebody may have made for a product, which are not meant for this one. */
const usersChoices = {
  ...{ HOST: undefined, REDIS_URL: undefined, QUEUE_DATABASE_URL: undefined, PUBLIC_URL: undefined },
  ...{ STORAGE_URL: undefined, STILLFLOW_SECRET_ID: undefined, STILLFLOW_SECRET_KEY: undefined },
  ...{ MASTER_KEY: undefined, MASTER_KEY_FILE: undefined, WORKER_CONCURRENCY: undefined, LOG_LEVEL: undefined },
}

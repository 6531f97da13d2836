import { type QueueBackend, testDatabase, testRedisUrl } from '@libs/testing'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client as DatabaseClient } from 'pg'
import { vod } from 'tencentcloud-sdk-nodejs-vod'
import { type Product, startProduct } from '../../../apps/standalone/src/start-product'
import { RestClient } from './rest-client'

export type VendorClient = InstanceType<typeof vod.v20180717.Client>

export interface TestProduct extends Product {
  /** The vendor's own client. */
  readonly vendor: VendorClient
  readonly rest: RestClient
  /** For the test's own files. */
  readonly folder: string
  /** Where workers keep scratch files. */
  readonly workDir: string
  /** Looks into the product's database. */
  query(sql: string): Promise<Record<string, unknown>[]>
  /** Once it is stopped: with the same data and settings, on another port. */
  startAgain(): Promise<TestProduct>
}

export interface TestProductSettings {
  readonly backend: QueueBackend
  /** CIDRs that pulls and callbacks may reach although they are private. */
  readonly egressAllow?: string
  /** RATE_LIMITS; by default a test may call as often as it likes. */
  readonly rateLimits?: string
  /** Any other settings. */
  readonly settings?: NodeJS.ProcessEnv
  /** STORAGE_URL and what goes with it; by default a folder of the product's own. */
  readonly storage?: NodeJS.ProcessEnv
}

const stoppers: (() => Promise<void>)[] = []

/** Stops what this file started, last started first, and removes its folders and databases. */
export async function stopTestProducts(): Promise<void> {
  for (const stop of stoppers.splice(0).toReversed()) await stop()
}

/** Starts the built product on a random port, with a database and folders of its own; `stopTestProducts` ends it. */
export async function startTestProduct(settings: TestProductSettings): Promise<TestProduct> {
  const { backend, egressAllow, rateLimits = 'off', storage, settings: others } = settings
  const folder = await mkdtemp(join(tmpdir(), 'stillflow-e2e-'))
  stoppers.push(() => rm(folder, { recursive: true, force: true }))
  const database = await openDatabase()
  const workDir = join(folder, 'work')
  await mkdir(workDir)
  const env = {
    ...usersChoices,
    PORT: '0',
    DATABASE_URL: database.url,
    ...(backend === 'redis' ? { REDIS_URL: testRedisUrl() } : { QUEUE_DATABASE_URL: database.workerUrl }),
    STILLFLOW_DATA_DIR: join(folder, 'data'),
    WORK_DIR: workDir,
    EGRESS_ALLOW: egressAllow,
    RATE_LIMITS: rateLimits,
    FAILED_AUTH_PER_MINUTE: '0',
    ...storage,
    ...others,
    // Order is seen best when a worker does one thing at a time.
    WORKER_CONCURRENCY: '1',
  }
  const start = async (): Promise<TestProduct> => {
    const product = await startProduct({ env })
    stoppers.push(() => product.stop())
    const clients = { rest: new RestClient(product), vendor: vendorClient(product) }
    return { ...product, ...clients, folder, workDir, query: database.query, startAgain: start }
  }
  return start()
}

/** Settings that a developer may have made for a product, which are not meant for this one. */
const usersChoices = {
  HOST: undefined,
  REDIS_URL: undefined,
  QUEUE_DATABASE_URL: undefined,
  STORAGE_URL: undefined,
  AWS_ENDPOINT_URL_S3: undefined,
  AWS_ENDPOINT_URL: undefined,
  AWS_REGION: undefined,
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
  PUBLIC_URL: undefined,
  MASTER_KEY: undefined,
  MASTER_KEY_FILE: undefined,
  STILLFLOW_SECRET_ID: undefined,
  STILLFLOW_SECRET_KEY: undefined,
  LOG_LEVEL: undefined,
}

/** A database with a role for its workers: the launcher's default role would be one for all products of a server. */
async function openDatabase() {
  const database = await testDatabase()
  stoppers.push(() => database.drop())
  const client = new DatabaseClient({ connectionString: database.url })
  await client.connect()
  const worker = `worker_${randomBytes(8).toString('hex')}`
  stoppers.push(async () => {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [worker])
    if (rowCount === 1) await client.query(`drop owned by ${worker}; drop role ${worker}`)
    await client.end()
  })
  const workerUrl = new URL(database.url)
  workerUrl.username = worker
  workerUrl.password = randomBytes(8).toString('hex')
  const query = async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows
  return { url: database.url, workerUrl: workerUrl.href, query }
}

function vendorClient({ url, accessKey }: Product): VendorClient {
  return new vod.v20180717.Client({
    credential: accessKey,
    region: 'ap-guangzhou',
    profile: { httpProfile: { endpoint: new URL(url).host, protocol: 'http://' } },
  })
}

import { inheritedEnv, readEnv, shutdownEnv, shutdownLimits } from '@libs/kernel'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { freePort } from './free-port'
import { keptMasterKey, keptSecret } from './kept-secret'
import { findMediaTools } from './media-tools'

/** What the launcher itself reads; all other settings travel on to the apps untouched. */
const launcherEnv = {
  ...shutdownEnv,
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.url().optional(),
  QUEUE_DATABASE_URL: z.url().optional(),
  REDIS_URL: z.string().optional(),
  STORAGE_URL: z.string().optional(),
  PUBLIC_URL: z.url().optional(),
  MASTER_KEY: z.string().optional(),
  MASTER_KEY_FILE: z.string().optional(),
  STILLFLOW_SECRET_ID: z.string().optional(),
  STILLFLOW_SECRET_KEY: z.string().optional(),
  STILLFLOW_DATA_DIR: z.string().default('.stillflow'),
  FILE_URL_SIGNING: z.string().optional(),
  FILE_URL_KEYS: z.string().optional(),
  FFMPEG_PATH: z.string().optional(),
  FFPROBE_PATH: z.string().optional(),
  PATH: z.string().optional(),
}

export interface ProductSettings {
  readonly dataDir: string
  readonly host: string
  /** Never 0: "any port" was turned into a free one. */
  readonly port: number
  readonly publicUrl: string
  /** Absent: embedded. */
  readonly databaseUrl: string | undefined
  /** Where the launcher keeps the master keys; absent when they come from the environment. */
  readonly masterKeyFile: string | undefined
  /** How long an app may take to stop. */
  readonly stopLimitMs: number
  /** From the environment; absent: the api makes one in the data folder. */
  readonly accessKey: { secretId: string; secretKey: string } | undefined
  /** What an app gets when it may or may not see the database at `databaseUrl`. */
  appEnv(app: { database: boolean }, databaseUrl: string): NodeJS.ProcessEnv
}

/**
 * The settings of one start: `overrides` over the environment, then the defaults.
 * @throws SettingsError, or Error when there is no ffmpeg
 */
export async function readProductSettings(overrides: NodeJS.ProcessEnv): Promise<ProductSettings> {
  const source = { ...inheritedEnv(), ...overrides }
  const env = readEnv(launcherEnv, source)
  const dataDir = resolve(env.STILLFLOW_DATA_DIR)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const port = env.PORT === 0 ? await freePort(env.HOST) : env.PORT
  const publicUrl = env.PUBLIC_URL ?? `http://${reachableHost(env.HOST)}:${port}`
  const common = commonEnv(source, { ...env, dataDir, port, publicUrl })
  const { STILLFLOW_SECRET_ID: secretId, STILLFLOW_SECRET_KEY: secretKey } = env
  const masterKeyFile = (env.MASTER_KEY ?? env.MASTER_KEY_FILE) ? undefined : keptMasterKey(join(dataDir, 'master-key'))
  return {
    dataDir,
    host: env.HOST,
    port,
    publicUrl,
    databaseUrl: env.DATABASE_URL,
    stopLimitMs: shutdownLimits(env).limitMs,
    masterKeyFile,
    accessKey: secretId !== undefined && secretKey !== undefined ? { secretId, secretKey } : undefined,
    appEnv({ database }, databaseUrl) {
      const queueUrl =
        env.REDIS_URL === undefined ? (env.QUEUE_DATABASE_URL ?? queueRole(databaseUrl, dataDir)) : undefined
      const queue = { ...common, QUEUE_DATABASE_URL: queueUrl }
      const masterKey = masterKeyFile === undefined ? undefined : { MASTER_KEY_FILE: masterKeyFile }
      if (database) return { ...queue, ...masterKey, ...fileUrlKeys(env, dataDir), DATABASE_URL: databaseUrl }
      return { ...queue, ...nothingSecret }
    },
  }
}

interface Chosen {
  readonly HOST: string
  readonly STORAGE_URL?: string | undefined
  readonly dataDir: string
  readonly port: number
  readonly publicUrl: string
}

/** What every app is told. @throws Error when there is no ffmpeg */
function commonEnv(source: NodeJS.ProcessEnv, env: Chosen & Parameters<typeof findMediaTools>[0]): NodeJS.ProcessEnv {
  const { dataDir, port, publicUrl } = env
  const tools = findMediaTools(env)
  return {
    // From Node 22 on, seven processes need not compile the same modules at every start.
    NODE_COMPILE_CACHE: join(dataDir, 'compile-cache'),
    // glibc keeps freed memory apart for every thread, a worker's pieces of films among it: 100 MB more for nothing.
    MALLOC_ARENA_MAX: '1',
    ...source,
    PORT: String(port),
    HOST: env.HOST,
    PUBLIC_URL: publicUrl,
    STORAGE_URL: env.STORAGE_URL ?? `file:${join(dataDir, 'media')}`,
    STILLFLOW_DATA_DIR: dataDir,
    FFMPEG_PATH: tools.ffmpegPath,
    FFPROBE_PATH: tools.ffprobePath,
  }
}

/** A key that signs the URLs of files, where nobody gave one. */
function fileUrlKeys(env: { readonly FILE_URL_KEYS?: string | undefined }, dataDir: string) {
  if (env.FILE_URL_KEYS !== undefined) return {}
  return { FILE_URL_KEYS: `1:${keptSecret(join(dataDir, 'file-url-key'))}` }
}

/** What workers, which open strangers' files, are not told. */
const nothingSecret = {
  DATABASE_URL: undefined,
  MASTER_KEY: undefined,
  MASTER_KEY_FILE: undefined,
  FILE_URL_KEYS: undefined,
  STILLFLOW_SECRET_ID: undefined,
  STILLFLOW_SECRET_KEY: undefined,
}

/** The workers' own PostgreSQL role, which `migrate` makes and which sees the queue's schema alone. */
function queueRole(databaseUrl: string, dataDir: string): string {
  const url = new URL(databaseUrl)
  url.username = 'stillflow_worker'
  url.password = keptSecret(join(dataDir, 'queue-password'))
  return url.href
}

function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

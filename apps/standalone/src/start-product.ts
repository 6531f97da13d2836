import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { repositoryRoot } from './apps/apps'
import { lockDataFolder } from './data-folder-lock'
import { startEmbeddedPostgres } from './postgres/embedded-postgres'
import { readProductSettings } from './product-settings'
import { migrate, startApps } from './apps/start-apps'

const accessKeySchema = z.object({ secretId: z.string(), secretKey: z.string() })

export interface ProductOptions {
  /** Laid over the process's environment; `undefined` hides a variable. Meanings and defaults are the README's. */
  readonly env?: NodeJS.ProcessEnv
  /** Told each step, and the apps' warnings and errors, one line each. */
  readonly report?: (line: string) => void
  /** Where the compiled apps are; default `dist/apps` of the repository. */
  readonly appsDir?: string
}

export interface Product {
  readonly url: string
  readonly accessKey: Readonly<z.infer<typeof accessKeySchema>>
  /** Where the access key is kept; undefined when it came from the environment. */
  readonly accessKeyFile: string | undefined
  readonly dataDir: string
  /** Stops all that was started and nothing else; may be called more than once. */
  stop(): Promise<void>
}

type Undo = () => Promise<void> | void

/**
 * Starts the whole product and resolves when every app is ready: PostgreSQL (embedded, unless DATABASE_URL is set), the
 * migrations, then all apps at once, each a child process that is started again when it dies.
 * @throws SettingsError, or Error saying which part did not start; what had started is stopped by then
 */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const undo: Undo[] = []
  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> => (stopped ??= undoAll(undo))
  try {
    return { ...(await start(options, undo)), stop }
  } catch (thrown) {
    await stop()
    throw thrown
  }
}

async function start(options: ProductOptions, undo: Undo[]): Promise<Omit<Product, 'stop'>> {
  const report = options.report ?? (() => undefined)
  const appsDir = options.appsDir ?? join(repositoryRoot(), 'dist', 'apps')
  const settings = await readProductSettings(options.env ?? {})
  const { dataDir } = settings
  const lock = await lockDataFolder(dataDir)
  undo.push(() => lock.release())
  mkdirSync(join(dataDir, 'logs'), { recursive: true })

  let { databaseUrl } = settings
  if (databaseUrl === undefined) {
    report('Starting PostgreSQL …')
    const postgres = await startEmbeddedPostgres({ dataDir, report })
    undo.push(() => postgres.stop())
    databaseUrl = postgres.url
  }
  const toStart = { settings, databaseUrl, appsDir, report }
  report('Bringing the schema up to date …')
  await migrate(toStart)
  report('Starting the API, the conductor and the workers …')
  undo.push(await startApps(toStart))

  const accessKeyFile = settings.accessKey ? undefined : join(dataDir, 'access-key.json')
  const accessKey = settings.accessKey ?? accessKeySchema.parse(JSON.parse(readFileSync(accessKeyFile ?? '', 'utf8')))
  return { url: settings.publicUrl, accessKey, accessKeyFile, dataDir }
}

async function undoAll(undo: Undo[]): Promise<void> {
  for (const step of undo.reverse()) await step()
}

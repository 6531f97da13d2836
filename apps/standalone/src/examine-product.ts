import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { mainOf, migrate } from './apps/start-apps'
import { repositoryRoot } from './apps/apps'
import { lockDataFolder } from './data-folder-lock'
import { startEmbeddedPostgres } from './postgres/embedded-postgres'
import { runningPostgresUrl } from './postgres/running-postgres'
import { readProductSettings, type ProductSettings } from './product-settings'
import type { ProductOptions } from './start-product'

/**
 * Runs the doctor with the settings that the launcher would give the apps, on this process's own output. An embedded
 * PostgreSQL is looked at as it runs, or is started and prepared for the time.
 * @param args what the doctor is told
 * @returns its exit code
 * @throws SettingsError, or Error saying what did not start
 */
export async function examineProduct(args: readonly string[], options: ProductOptions = {}): Promise<number> {
  const { env = {}, report = () => undefined, appsDir = join(repositoryRoot(), 'dist', 'apps') } = options
  const settings = await readProductSettings(env)
  const examineAt = (databaseUrl: string): Promise<number> => examine(settings, { databaseUrl, appsDir, args })
  if (settings.databaseUrl !== undefined) return examineAt(settings.databaseUrl)
  const { dataDir } = settings
  const runningUrl = await runningPostgresUrl(dataDir)
  if (runningUrl !== undefined) return examineAt(runningUrl)
  const lock = await lockDataFolder(dataDir)
  try {
    mkdirSync(join(dataDir, 'logs'), { recursive: true })
    const postgres = await startEmbeddedPostgres({ dataDir, report })
    try {
      await migrate({ settings, databaseUrl: postgres.url, appsDir, report })
      return await examineAt(postgres.url)
    } finally {
      await postgres.stop()
    }
  } finally {
    lock.release()
  }
}

interface Patient {
  readonly databaseUrl: string
  readonly appsDir: string
  readonly args: readonly string[]
}

async function examine(settings: ProductSettings, { databaseUrl, appsDir, args }: Patient): Promise<number> {
  const env = settings.appEnv({ database: true }, databaseUrl)
  const child = fork(mainOf(appsDir, 'doctor'), args, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  await once(child, 'close')
  return child.exitCode ?? 1
}

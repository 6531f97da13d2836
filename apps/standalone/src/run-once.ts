import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { mainOf, migrate } from './apps/start-apps'
import { repositoryRoot } from './apps/apps'
import { lockDataFolder } from './data-folder-lock'
import { startEmbeddedPostgres } from './postgres/embedded-postgres'
import { runningPostgresUrl } from './postgres/running-postgres'
import { readProductSettings } from './product-settings'
import type { ProductOptions } from './start-product'

/**
 * Runs one of the apps that end by themselves with the settings that the launcher would give the others, on this process's
 * own output. An embedded PostgreSQL is met as it runs, or is started and prepared for the time.
 * @param app its name
 * @param args what it is told
 * @returns its exit code
 * @throws SettingsError, or Error saying what did not start
 */
export async function runOnce(app: string, args: readonly string[], options: ProductOptions = {}): Promise<number> {
  const { env = {}, report = () => undefined, appsDir = join(repositoryRoot(), 'dist', 'apps') } = options
  const settings = await readProductSettings(env)
  const runAt = (databaseUrl: string): Promise<number> =>
    run(mainOf(appsDir, app), args, settings.appEnv({ database: true }, databaseUrl))
  if (settings.databaseUrl !== undefined) return runAt(settings.databaseUrl)
  const { dataDir } = settings
  const runningUrl = await runningPostgresUrl(dataDir)
  if (runningUrl !== undefined) return runAt(runningUrl)
  const lock = await lockDataFolder(dataDir)
  try {
    mkdirSync(join(dataDir, 'logs'), { recursive: true })
    const postgres = await startEmbeddedPostgres({ dataDir, report })
    try {
      await migrate({ settings, databaseUrl: postgres.url, appsDir, report })
      return await runAt(postgres.url)
    } finally {
      await postgres.stop()
    }
  } finally {
    lock.release()
  }
}

async function run(main: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = fork(main, args, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  await once(child, 'close')
  return child.exitCode ?? 1
}

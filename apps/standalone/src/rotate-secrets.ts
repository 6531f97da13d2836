import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from './apps/apps'
import { sealWithFirstKey } from './apps/start-apps'
import { lockDataFolder } from './data-folder-lock'
import { addMasterKey, forgetEarlierMasterKeys } from './kept-secret'
import { startEmbeddedPostgres } from './postgres/embedded-postgres'
import { readProductSettings } from './product-settings'
import type { ProductOptions } from './start-product'

/**
 * Seals every secret in the database with a new master key. Keys that the launcher keeps are made and forgotten here;
 * those of the environment are the operator's, and the first of them seals. Interrupted, it can be repeated.
 * @throws SettingsError, or Error when the product is running on the data folder or something does not start
 */
export async function rotateSecrets(options: ProductOptions = {}): Promise<void> {
  const { env = {}, report = () => undefined, appsDir = join(repositoryRoot(), 'dist', 'apps') } = options
  const settings = await readProductSettings(env)
  const { dataDir, masterKeyFile } = settings
  const lock = await lockDataFolder(dataDir)
  try {
    mkdirSync(join(dataDir, 'logs'), { recursive: true })
    const postgres = settings.databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir, report }) : undefined
    try {
      if (masterKeyFile !== undefined) addMasterKey(masterKeyFile)
      await sealWithFirstKey({ settings, databaseUrl: postgres?.url ?? settings.databaseUrl ?? '', appsDir, report })
      if (masterKeyFile !== undefined) forgetEarlierMasterKeys(masterKeyFile)
    } finally {
      await postgres?.stop()
    }
  } finally {
    lock.release()
  }
}

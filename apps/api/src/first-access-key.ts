import { type Clock, mainSubApp } from '@libs/kernel'
import { newAccessKey, type UnitOfWork } from '@libs/workflow'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const keyFile = z.object({ secretId: z.string().min(1), secretKey: z.string().min(1) })
type Key = z.infer<typeof keyFile>

export interface FirstKeySettings {
  readonly STILLFLOW_SECRET_ID?: string | undefined
  readonly STILLFLOW_SECRET_KEY?: string | undefined
  readonly STILLFLOW_DATA_DIR: string
}

/** The key that an earlier start left in the data folder, or a new one that is left there. */
function keptKey(dataDir: string): Key & { readonly path: string } {
  const path = join(dataDir, 'access-key.json')
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const { secretId, secretKey } = newAccessKey(mainSubApp)
    writeFileSync(path, `${JSON.stringify({ secretId, secretKey }, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  }
  return { ...keyFile.parse(JSON.parse(readFileSync(path, 'utf8'))), path }
}

/**
 * Makes sure that there is a key to call with: the environment's, else one made at the first start.
 * @returns the key's id and, when it was not the environment's, where its secret is kept
 */
export async function ensureFirstKey(
  unitOfWork: UnitOfWork,
  clock: Clock,
  settings: FirstKeySettings,
): Promise<{ readonly secretId: string; readonly path: string | undefined }> {
  const { STILLFLOW_SECRET_ID: secretId, STILLFLOW_SECRET_KEY: secretKey } = settings
  const given = secretId === undefined || secretKey === undefined ? undefined : { secretId, secretKey, path: undefined }
  const key = given ?? keptKey(settings.STILLFLOW_DATA_DIR)
  const { path, ...first } = key
  await unitOfWork.stores.accessKeys.save({ ...first, subAppId: mainSubApp }, new Date(clock.nowMs()))
  return { secretId: key.secretId, path }
}

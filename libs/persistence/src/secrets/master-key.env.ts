import { SettingsError } from '@libs/kernel'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Keyring } from './keyring'

/** Who reads or stores secrets needs one of the two. */
export const masterKeyEnv = {
  MASTER_KEY: z.string().optional(),
  MASTER_KEY_FILE: z.string().optional(),
}

export type MasterKeySettings = z.infer<z.ZodObject<typeof masterKeyEnv>>

/** Base64 of 32 bytes. */
const keyText = /^[A-Za-z0-9+/]{43}=$/

/**
 * The keys that secrets are sealed with: MASTER_KEY, or what is in MASTER_KEY_FILE. There may be several, divided by
 * commas or white space; the first one seals.
 * @throws SettingsError
 */
export function openKeyring({ MASTER_KEY, MASTER_KEY_FILE }: MasterKeySettings): Keyring {
  if (MASTER_KEY !== undefined) return keyringOf('MASTER_KEY', MASTER_KEY)
  if (MASTER_KEY_FILE !== undefined) return keyringOf('MASTER_KEY_FILE', contentOf(MASTER_KEY_FILE))
  throw new SettingsError([
    'MASTER_KEY: expected base64 of 32 random bytes (openssl rand -base64 32), or MASTER_KEY_FILE with it inside',
  ])
}

function keyringOf(setting: keyof MasterKeySettings, text: string): Keyring {
  const keys = text.split(/[\s,]+/).filter((key) => key !== '')
  if (keys.length === 0 || !keys.every((key) => keyText.test(key))) {
    throw new SettingsError([`${setting}: expected base64 of 32 bytes, or several divided by commas, the newest first`])
  }
  return new Keyring(keys.map((key) => Buffer.from(key, 'base64')))
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new SettingsError([`MASTER_KEY_FILE: cannot be read: ${String(cause)}`])
  }
}

import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** The random secret kept in `file` (mode 0600), made when the file is not there: 48 hex digits. */
export function keptSecret(file: string): string {
  return kept(file, () => randomBytes(24).toString('hex'))
}

/** Makes sure that a random master key is kept in `file` (mode 0600): base64 of 32 bytes. @returns `file` */
export function keptMasterKey(file: string): string {
  kept(file, newMasterKey)
  return file
}

/** Lets a new master key seal from now on; the earlier ones stay in `file`, one a line. */
export function addMasterKey(file: string): void {
  rewrite(file, [newMasterKey(), ...masterKeysIn(file)])
}

/** Forgets every master key but the one that seals. */
export function forgetEarlierMasterKeys(file: string): void {
  rewrite(file, masterKeysIn(file).slice(0, 1))
}

const newMasterKey = () => randomBytes(32).toString('base64')

function masterKeysIn(file: string): readonly string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}

/** Whole, whatever happens meanwhile: without the key, what it sealed is lost. */
function rewrite(file: string, keys: readonly string[]): void {
  writeFileSync(`${file}.new`, `${keys.join('\n')}\n`, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}

function kept(file: string, make: () => string): string {
  if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o600, flag: 'wx', flush: true })
  return readFileSync(file, 'utf8')
}

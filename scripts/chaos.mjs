// The fault-injection suite: builds what changed and runs it.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { installWhatIsMissing } from './install.mjs'

await installWhatIsMissing()
const { buildWhatChanged } = await import('./build.mjs')
buildWhatChanged()
const root = join(import.meta.dirname, '..')
const swc = join('node_modules', '@swc', 'cli', 'bin', 'swc.js')
const run = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1
const built = run(swc, 'bench', 'chaos', '--out-dir', 'dist', '--quiet')
cpSync(join(root, 'chaos', 'preloads'), join(root, 'dist', 'chaos', 'preloads'), { recursive: true })
const prettier = join('node_modules', 'prettier', 'bin', 'prettier.cjs')
const held = built || run(join('dist', 'chaos', 'main.js'), ...process.argv.slice(2))
if (existsSync(join(root, 'chaos', 'results')))
  run(prettier, '--write', '--log-level', 'warn', 'chaos/results', 'docs/reliability.md')
process.exitCode = held

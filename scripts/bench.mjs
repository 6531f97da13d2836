// The benchmark suite: builds what changed, runs it, and lays out what it wrote.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { installWhatIsMissing } from './install.mjs'

await installWhatIsMissing()
const { buildWhatChanged } = await import('./build.mjs')
buildWhatChanged()
const root = join(import.meta.dirname, '..')
const swc = join('node_modules', '@swc', 'cli', 'bin', 'swc.js')
const prettier = join('node_modules', 'prettier', 'bin', 'prettier.cjs')
// As the product's own processes have it.
const env = { MALLOC_ARENA_MAX: '1', ...process.env }
const run = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env }).status ?? 1
process.exitCode =
  run(swc, 'bench', '--out-dir', 'dist', '--quiet') ||
  run(join('dist', 'bench', 'main.js'), ...process.argv.slice(2)) ||
  run(prettier, '--write', '--log-level', 'warn', 'docs/performance.md', 'bench/results')

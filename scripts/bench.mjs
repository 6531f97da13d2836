// The benchmark suite: builds what changed, then runs it against freshly started products.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { installWhatIsMissing } from './install.mjs'

await installWhatIsMissing()
const { buildWhatChanged } = await import('./build.mjs')
buildWhatChanged()
const root = join(import.meta.dirname, '..')
const swc = join('node_modules', '@swc', 'cli', 'bin', 'swc.js')
const run = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1
process.exitCode =
  run(swc, 'bench', '--out-dir', 'dist', '--quiet') || run(join('dist', 'bench', 'main.js'), ...process.argv.slice(2))

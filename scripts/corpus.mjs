// The bad inputs: builds what changed, sends them through the whole product, and lays out what it wrote.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { installWhatIsMissing } from './install.mjs'

await installWhatIsMissing()
const { buildWhatChanged } = await import('./build.mjs')
buildWhatChanged()
const root = join(import.meta.dirname, '..')
const { findMediaTools } = createRequire(import.meta.url)('../dist/apps/standalone/src/media-tools.js')
const { ffmpegPath, ffprobePath } = findMediaTools(process.env)
const env = { ...process.env, FFMPEG_PATH: ffmpegPath, FFPROBE_PATH: ffprobePath }
const swc = join('node_modules', '@swc', 'cli', 'bin', 'swc.js')
const prettier = join('node_modules', 'prettier', 'bin', 'prettier.cjs')
const run = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env }).status ?? 1
const status =
  run(swc, 'corpus', '--out-dir', 'dist', '--quiet') || run(join('dist', 'corpus', 'main.js'), ...process.argv.slice(2))
run(prettier, '--write', '--log-level', 'warn', 'docs/bad-inputs.md', 'corpus/results.json')
process.exitCode = status

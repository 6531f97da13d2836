import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { buildWhatChanged } from './build.mjs'
import { installWhatIsMissing } from './install.mjs'

await installWhatIsMissing()
buildWhatChanged()

const require = createRequire(import.meta.url)
const { findMediaTools } = require('../dist/apps/standalone/src/media-tools.js')
const { ffmpegPath, ffprobePath } = findMediaTools(process.env)
const jest = join(import.meta.dirname, '..', 'node_modules', 'jest', 'bin', 'jest.js')
const child = spawn(process.execPath, [jest, ...process.argv.slice(2)], {
  cwd: join(import.meta.dirname, '..'),
  stdio: 'inherit',
  env: { ...process.env, FFMPEG_PATH: ffmpegPath, FFPROBE_PATH: ffprobePath },
})
// Ctrl-C reaches jest as well, which stops its services before it ends; this process has to outlive it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.once('exit', (code) => process.exit(code ?? 1))

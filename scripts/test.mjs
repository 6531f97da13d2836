import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildWhatChanged } from './build.mjs'
import { installWhatIsMissing } from './install.mjs'

await installWhatIsMissing()
buildWhatChanged()
const jest = join(import.meta.dirname, '..', 'node_modules', 'jest', 'bin', 'jest.js')
const child = spawn(process.execPath, [jest, ...process.argv.slice(2)], {
  cwd: join(import.meta.dirname, '..'),
  stdio: 'inherit',
})
// Ctrl-C reaches jest as well, which stops its services before it ends; this process has to outlive it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.once('exit', (code) => process.exit(code ?? 1))

import { createRequire } from 'node:module'
import { buildWhatChanged } from './build.mjs'
import { installWhatIsMissing } from './install.mjs'

await installWhatIsMissing()
buildWhatChanged()
const { runOnce } = createRequire(import.meta.url)('../dist/apps/standalone/src/run-once.js')
try {
  process.exitCode = await runOnce('doctor', process.argv.slice(2), { report: (line) => console.log(line) })
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : String(thrown))
  process.exitCode = 1
}

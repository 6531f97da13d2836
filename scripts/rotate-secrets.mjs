import { createRequire } from 'node:module'
import { buildWhatChanged } from './build.mjs'
import { installWhatIsMissing } from './install.mjs'

await installWhatIsMissing()
buildWhatChanged()
const { rotateSecrets } = createRequire(import.meta.url)('../dist/apps/standalone/src/rotate-secrets.js')
try {
  await rotateSecrets({ report: (line) => console.log(line) })
  console.log('Every secret is sealed with the first master key.')
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : String(thrown))
  process.exitCode = 1
}

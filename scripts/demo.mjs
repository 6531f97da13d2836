import { createRequire } from 'node:module'
import { buildWhatChanged } from './build.mjs'
import { installWhatIsMissing } from './install.mjs'

await installWhatIsMissing()
buildWhatChanged()
createRequire(import.meta.url)('../dist/apps/standalone/src/demo/main.js')

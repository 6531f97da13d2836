// Writes docs/openapi.json anew from the controllers of the REST API and their schemas, and the client's types from that.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { installWhatIsMissing } from './install.mjs'

await installWhatIsMissing()
const { writeTypes } = await import('./client-types.mjs')
const { buildWhatChanged } = await import('./build.mjs')
buildWhatChanged()
const root = join(import.meta.dirname, '..')
const require = createRequire(import.meta.url)
require('reflect-metadata')
const { Test } = require('@nestjs/testing')
const { describeRest } = require('../dist/libs/rest/src/openapi/document.js')
const { RestModule } = require('../dist/libs/rest/src/rest.module.js')

// Nothing is asked of what the controllers stand on: they are only described.
const module = await Test.createTestingModule({ imports: [RestModule] })
  .useMocker(() => ({}))
  .compile()
const file = join('docs', 'openapi.json')
const document = JSON.stringify(describeRest(module.createNestApplication()), undefined, 2)
writeFileSync(join(root, file), document)
writeFileSync(join(root, 'libs', 'client', 'src', 'openapi-types.ts'), await writeTypes(document))
const prettier = join('node_modules', 'prettier', 'bin', 'prettier.cjs')
const { status } = spawnSync(process.execPath, [prettier, '--write', '--log-level', 'warn', file], {
  cwd: root,
  stdio: 'inherit',
})
process.exitCode = status ?? 1

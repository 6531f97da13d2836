import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const repository = join(__dirname, '..', '..', '..')

it('the types are those of docs/openapi.json; if not, run: npm run openapi', () => {
  // In a process of its own: the generator is made of ES modules.
  const written = execFileSync(process.execPath, [join(repository, 'scripts', 'client-types.mjs')], {
    encoding: 'utf8',
  })
  const [now, kept] = [written, readFileSync(join(__dirname, 'openapi-types.ts'), 'utf8')].map((text) =>
    text.split('\n'),
  )
  const stale = now?.findIndex((line, index) => line !== kept?.[index]) ?? -1
  expect([kept?.[stale], kept?.length]).toEqual([now?.[stale], now?.length])
})

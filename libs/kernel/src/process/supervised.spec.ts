import { transformFileSync } from '@swc/core'
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

let folder: string
let app: ChildProcess | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supervised-'))
  const { code } = transformFileSync(join(__dirname, 'supervised.ts'), { module: { type: 'commonjs' } })
  writeFileSync(join(folder, 'supervised.js'), code)
})

afterEach(() => {
  app?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Starts a process that stays up until it is stopped by what is tested. */
async function startApp(stop: string, then = '', limitMs = 15_000): Promise<ChildProcess> {
  const main = join(folder, 'main.js')
  writeFileSync(
    main,
    `setInterval(() => {}, 1000)
     const { superviseByParent } = require('./supervised')
     superviseByParent(async () => { ${stop} }, ${limitMs}).ready()
     ${then}`,
  )
  app = fork(main, { stdio: ['ignore', 'inherit', 'pipe', 'ipc'] })
  expect(await once(app, 'message')).toEqual([{ type: 'ready' }, undefined])
  return app
}

describe('superviseByParent', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'stops once on %s, however often it is sent, and exits 0',
    async (signal) => {
      const child = await startApp(`process.send('stop'); await new Promise((done) => setTimeout(done, 100))`)
      const messages: unknown[] = []
      child.on('message', (message) => messages.push(message))
      child.kill(signal)
      await once(child, 'message')
      child.kill(signal)
      expect(await once(child, 'exit')).toEqual([0, null])
      expect(messages).toEqual(['stop'])
    },
  )

  it('stops when the parent is gone', async () => {
    const child = await startApp('')
    child.disconnect()
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('exits 1 when stopping fails', async () => {
    const child = await startApp(`throw new Error('no')`)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([1, null])
  })

  it.each([
    { of: 'an error', failure: `setTimeout(() => { throw new Error('no milk') })` },
    { of: 'a rejection', failure: `void Promise.reject(new Error('no milk'))` },
  ])('stops and exits 1 after $of that reached nobody, which it logs once', async ({ failure }) => {
    const child = await startApp(`process.send('stop'); ${failure}`, failure)
    const said = text(child.stderr ?? Readable.from([]))
    const stopped = once(child, 'message')
    expect(await once(child, 'exit')).toEqual([1, null])
    expect(await stopped).toEqual(['stop', undefined])
    const lines = (await said).trim().split('\n')
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 60, err: { message: 'no milk' } })
  })

  it('exits 1 when stopping takes too long', async () => {
    const child = await startApp('await new Promise(() => {})', '', 100)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([1, null])
  })
})

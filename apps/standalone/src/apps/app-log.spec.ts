import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { openAppLog, worthSaying } from './app-log'

describe('the log of an app', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stillflow-app-log-'))
  })

  afterEach(() => rm(folder, { recursive: true }))

  it('takes the last lines of an app that has ended already', async () => {
    const file = join(folder, 'app.log')
    const output = new PassThrough()
    const log = openAppLog(file, () => undefined)
    log.add(output)
    log.end()
    output.end('the last words\n')
    const until = Date.now() + 5_000
    while ((await readFile(file, 'utf8').catch(() => '')) === '' && Date.now() < until) await nextTurn()
    expect(await readFile(file, 'utf8')).toBe('the last words\n')
  })
})

describe('worthSaying', () => {
  it.each([
    ['{"level":30,"msg":"task ended"}', undefined],
    ['{"level":"info","msg":"The schema is up to date."}', undefined],
    ['{"level":40,"msg":"disk is nearly full"}', 'warning: disk is nearly full'],
    ['{"level":"error","msg":"gone"}', 'error: gone'],
    [
      '{"level":50,"msg":"task failed","err":{"message":"no such codec","stack":"…"}}',
      'error: task failed: no such codec',
    ],
    ['{"level":50,"msg":"no such codec","err":{"message":"no such codec"}}', 'error: no such codec'],
    ['Error: not JSON at all', 'Error: not JSON at all'],
    ['', undefined],
  ])('of %s says %s', (line, said) => {
    expect(worthSaying(line)).toBe(said)
  })
})

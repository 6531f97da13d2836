import { listenTo, testDatabase } from '@libs/testing'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { freePort } from '../../apps/standalone/src/free-port'
import { AppProcess } from './product/app-process'
import { RestClient } from './product/rest-client'

const mostStreams = 2
const accepted = z.object({ runId: z.string() })
const cover = { kind: 'coverBySnapshot', definition: 10, position: '40%' }

const undo: (() => Promise<unknown>)[] = []
let apis: readonly { readonly process: AppProcess; readonly rest: RestClient }[]

// No worker: tasks wait until they are aborted, so that everything has its time.
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stillflow-events-'))
  undo.push(() => rm(folder, { recursive: true, force: true }))
  const database = await testDatabase()
  undo.push(() => database.drop())
  const accessKey = { secretId: 'id', secretKey: 'key' }
  const env = {
    ...{ DATABASE_URL: database.url, QUEUE_DATABASE_URL: database.url, REDIS_URL: undefined, HOST: '127.0.0.1' },
    ...{ STORAGE_URL: `file:${join(folder, 'media')}`, STILLFLOW_DATA_DIR: folder, PUBLIC_URL: 'http://127.0.0.1' },
    ...{ STILLFLOW_SECRET_ID: accessKey.secretId, STILLFLOW_SECRET_KEY: accessKey.secretKey, RATE_LIMITS: 'off' },
    ...{ MASTER_KEY: randomBytes(32).toString('base64'), MAX_IN_FLIGHT: String(mostStreams), DRAIN_SECONDS: '0' },
  }
  expect(await AppProcess.run('migrate', env)).toBe(0)
  const startApi = async () => {
    const port = await freePort('127.0.0.1')
    const process = await AppProcess.start('api', { ...env, PORT: String(port) })
    return { process, rest: new RestClient({ url: `http://127.0.0.1:${port}`, accessKey }) }
  }
  const [conductor, ...started] = await Promise.all([AppProcess.start('conductor', env), startApi(), startApi()])
  apis = started
  undo.push(() => Promise.all([conductor, ...started.map(({ process }) => process)].map((app) => app.end('SIGKILL'))))
})

afterAll(async () => {
  for (const step of undo.toReversed()) await step()
})

it('a stream that ends with its process is taken up at another one, which tells what is left of it', async () => {
  const [first, second] = apis
  if (first === undefined || second === undefined) throw new Error('there are no two of them')
  const body = JSON.stringify({ url: 'http://127.0.0.1:9/a.mp4', tasks: [cover, cover] })
  const created = await first.rest.call('/v1/runs', { method: 'POST', body })
  const { runId } = accepted.parse(await created.json())
  const path = `/v1/runs/${runId}/events`
  const next = listenTo(await first.rest.call(path))
  const heard = [await next(), await next()]
  expect(heard.map((each) => each?.data)).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }])

  const others = await Promise.all(Array.from({ length: mostStreams - 1 }, () => first.rest.call(path)))
  expect(others.map(({ status }) => status)).toEqual([200])
  const tooMany = await first.rest.call(path)
  expect([tooMany.status, await tooMany.json()]).toMatchObject([503, { code: 'request.overload' }])
  expect((await first.rest.call(`/v1/runs/${runId}`)).status).toBe(200)

  const { code, tookMs } = await first.process.end()
  expect(code).toBe(0)
  expect(tookMs).toBeLessThan(5_000)
  expect(await next()).toBeUndefined()

  const back = listenTo(await second.rest.call(path, { headers: { 'last-event-id': heard[1]?.id ?? '' } }))
  await second.rest.abort(runId)
  const aborted = { state: 'failed', fault: { code: 'task.aborted' } }
  expect([await back(), await back(), await back()]).toMatchObject([
    { event: 'taskEnded', data: { index: 0, ...aborted } },
    { event: 'taskEnded', data: { index: 1, ...aborted } },
    { event: 'runEnded', data: { runId, state: 'aborted' } },
  ])
  expect(await back()).toBeUndefined()
})

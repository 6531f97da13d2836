import { makeLumaClock, testDatabase } from '@libs/testing'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { freePort } from '../../apps/standalone/src/free-port'
import { AppProcess } from './product/app-process'
import { LoadBalancer } from './product/load-balancer'
import { RestClient } from './product/rest-client'
import { waitFor } from './product/wait-for'

const callEveryMs = 80
const callsPerRun = 5

const undo: (() => Promise<unknown>)[] = []
const logs: Promise<string>[] = []
const running = new Map<string, AppProcess>()
let env: NodeJS.ProcessEnv
let client: Client
let balancer: LoadBalancer
let rest: RestClient
let clip: string

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stillflow-rolling-'))
  undo.push(() => rm(folder, { recursive: true, force: true }))
  const database = await testDatabase()
  undo.push(() => database.drop())
  client = new Client({ connectionString: database.url })
  await client.connect()
  undo.push(() => client.end())
  const accessKey = { secretId: 'id', secretKey: 'key' }
  env = {
    ...{ DATABASE_URL: database.url, QUEUE_DATABASE_URL: database.url, REDIS_URL: undefined, HOST: '127.0.0.1' },
    ...{ STORAGE_URL: `file:${join(folder, 'media')}`, STILLFLOW_DATA_DIR: folder, WORK_DIR: join(folder, 'work') },
    ...{ STILLFLOW_SECRET_ID: accessKey.secretId, STILLFLOW_SECRET_KEY: accessKey.secretKey, RATE_LIMITS: 'off' },
    ...{ MASTER_KEY: randomBytes(32).toString('base64'), PUBLIC_URL: 'http://127.0.0.1', WORKER_CONCURRENCY: '2' },
    DRAIN_SECONDS: '1',
  }
  expect(await AppProcess.run('migrate', env)).toBe(0)
  const ports = [await freePort('127.0.0.1'), await freePort('127.0.0.1')]
  undo.push(() => Promise.all([...running.values()].map((app) => app.end('SIGKILL'))))
  const names = ['conductor', 'worker-ingest', 'worker-cover-by-snapshot 1', 'worker-cover-by-snapshot 2']
  await Promise.all([...ports.map((port) => start(`api ${port}`)), ...names.map(start)])
  balancer = await LoadBalancer.before(...ports.map((port) => `http://127.0.0.1:${port}`))
  undo.push(() => balancer.close())
  rest = new RestClient({ url: balancer.url, accessKey })
  clip = join(folder, 'clock.mp4')
  await makeLumaClock({ path: clip, seconds: 2 })
})

afterAll(async () => {
  for (const step of undo.toReversed()) await step()
})

/** @param name the app, and what tells it from others of it: of an API its port */
async function start(name: string): Promise<void> {
  const [app = '', port] = name.split(' ')
  const started = await AppProcess.start(app, { ...env, ...(app === 'api' && { PORT: port }) })
  logs.push(started.log())
  running.set(name, started)
}

/** Calls again and again, every few calls for a run, until it is told to stop. @returns how many runs it asked for */
async function callUntil(stopped: AbortSignal, mediaId: string): Promise<number> {
  const tasks = [{ kind: 'coverBySnapshot', definition: 10, position: '40%' }]
  const answers: Promise<Response>[] = []
  let runs = 0
  for (let call = 0; !stopped.aborted; call += 1) {
    const isRun = call % callsPerRun === 0
    if (isRun) runs += 1
    const body = JSON.stringify({ mediaId, tasks })
    answers.push(isRun ? rest.call('/v1/runs', { method: 'POST', body }) : rest.call(`/v1/media/${mediaId}`))
    await wait(callEveryMs)
  }
  await Promise.all(answers.map(async (answer) => (await answer).arrayBuffer()))
  return runs
}

it('every process is replaced under load: no call fails, no task is begun twice, every one of them ends with 0', async () => {
  const { mediaId } = await rest.upload(clip)
  await waitFor('The media', 30_000, async () => ((await rest.media(mediaId)).state === 'ready' ? true : undefined))
  const stop = new AbortController()
  const load = callUntil(stop.signal, mediaId)
  const codes: (number | null | undefined)[] = []
  for (const [name, app] of [...running]) {
    const [, port] = name.startsWith('api') ? name.split(' ') : []
    // A pair loses one of its two; what there is one of is followed by the next.
    const { code } = await app.end()
    codes.push(code)
    await start(name)
    // The next of a pair goes when this one works again, as whoever rolls a release out sees to.
    if (port !== undefined) {
      const takesCalls = () => (balancer.sends(`http://127.0.0.1:${port}`) ? true : undefined)
      await waitFor(`Calls for the new API at ${port}`, 10_000, takesCalls)
    }
    if (name.includes('cover')) await wait(300)
  }
  stop.abort()
  const runs = await load
  expect(codes).toEqual([...running].map(() => 0))
  expect(balancer.statuses.filter((status) => status >= 300)).toEqual([])

  const ended = async () => {
    const { rows } = await client.query<{ state: string; count: string }>('select state, count(*) from task group by 1')
    return rows.length === 1 && rows[0]?.state === 'succeeded' ? Number(rows[0].count) : undefined
  }
  // One more of the upload.
  expect(await waitFor('The end of every task', 60_000, ended)).toBe(runs + 1)
})

it('no process minds the loss of all its database connections', async () => {
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  const { mediaId } = await rest.upload(clip)
  await waitFor('The media', 30_000, async () => ((await rest.media(mediaId)).state === 'ready' ? true : undefined))
  for (const app of running.values()) expect(app.process.exitCode).toBeNull()
})

it('tasks were begun as often as there were tasks', async () => {
  await Promise.all([...running.values()].map((app) => app.end()))
  const starts = (await Promise.all(logs))
    .join('')
    .split('\n')
    .filter((line) => line.includes('"The task starts."'))
  const { rows } = await client.query<{ count: string }>('select count(*) from task')
  expect(starts).toHaveLength(Number(rows[0]?.count))
})

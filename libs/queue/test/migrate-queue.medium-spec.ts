import { testDatabase, type TestDatabase } from '@libs/testing'
import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { BullmqDispatcher } from '../src/bullmq-dispatcher'
import { connectQueue } from '../src/connect-queue'
import { migrateQueue } from '../src/migrate-queue'
import { TaskWorkerHost } from '../src/execution/task-worker-host'
import { aDispatch, eventually } from './test-road'

const role = `worker ${randomBytes(4).toString('hex')}`

let database: TestDatabase
let owner: Client
let workerUrl: string

beforeAll(async () => {
  database = await testDatabase()
  owner = new Client({ connectionString: database.url })
  await owner.connect()
  await owner.query('create table secret (word text)')
  const url = new URL(database.url)
  url.username = encodeURIComponent(role)
  url.password = encodeURIComponent("it's / a @ word")
  workerUrl = url.href
  await migrateQueue(database.url, workerUrl)
  await migrateQueue(database.url, workerUrl)
})

afterAll(async () => {
  await owner.query(`drop owned by "${role}"`)
  await owner.query(`drop role "${role}"`)
  await owner.end()
  await database.drop()
})

it.each([
  'select * from public.secret',
  'create table public.mine (x int)',
  'create schema mine',
  'create table bullmq.mine (x int)',
  'drop table bullmq.job',
  'create role other',
])('the workers’ role may not: %s', async (sql) => {
  const client = new Client({ connectionString: workerUrl })
  await client.connect()
  await expect(client.query(sql)).rejects.toThrow(/permission denied|must be owner/)
  await client.end()
})

it('the workers’ role can run tasks', async () => {
  const dispatcher = new BullmqDispatcher(connectQueue({ QUEUE_DATABASE_URL: database.url }), () => undefined)
  const errors: Error[] = []
  const host = new TaskWorkerHost(connectQueue({ QUEUE_DATABASE_URL: workerUrl }), {
    kind: 'ingest',
    process: async () => ({ ran: true }),
    onError: (error) => errors.push(error),
    onWedged: () => undefined,
  })
  await host.start()
  const task = aDispatch({ kind: 'ingest' })
  await dispatcher.send([task])
  const isDone = async (): Promise<boolean> => {
    const { rows } = await owner.query<{ state: string }>(`select state from bullmq.job where queue = 'settle'`)
    return rows[0]?.state === 'waiting'
  }
  await eventually(isDone, 'the parent being released')
  await host.close(0)
  await dispatcher.close()
  expect(errors).toEqual([])
})

it('says what is missing when the queue is nowhere, or not prepared', async () => {
  expect(() => connectQueue({})).toThrow(/REDIS_URL or QUEUE_DATABASE_URL/)
  const empty = await testDatabase()
  const host = new TaskWorkerHost(connectQueue({ QUEUE_DATABASE_URL: empty.url }), {
    kind: 'ingest',
    process: async () => ({}),
    onError: () => undefined,
    onWedged: () => undefined,
  })
  await expect(host.start()).rejects.toThrow(/migrat/i)
  await host.close(0)
  await empty.drop()
})

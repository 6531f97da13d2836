import { answerOf, type components } from '@libs/client'
import { makeLumaClock, queueBackends } from '@libs/testing'
import { join } from 'node:path'
import { z } from 'zod'
import { currentAliyun } from '../aliyun/callers'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const pipeline = z.object({ Pipeline: z.object({ PipelineId: z.string() }) })
const template = z.object({ CustomTemplate: z.object({ TemplateId: z.string() }) })
const job = z.object({ JobId: z.string() })
const snapshotJob = z.object({ SnapshotJob: z.object({ Status: z.string() }) })
const runCount = 4
const board = z.object({ queues: z.array(z.object({ name: z.string(), readOnlyMode: z.boolean() })) })
const kinds = ['snapshotByTimeOffset', 'sampleSnapshot', 'imageSprites', 'coverBySnapshot']
const tasks: NonNullable<components['schemas']['CreateRunBody']['tasks']> = [
  { kind: 'snapshotByTimeOffset', definition: 10, offsets: ['1s', '50%'] },
  { kind: 'sampleSnapshot', definition: 10 },
  { kind: 'imageSprites', definition: 10 },
  { kind: 'coverBySnapshot', definition: 10, position: '10%' },
]

/** Has the database write down, whenever a task goes to the workers, how many of its queue are with them then. */
const noteEachDispatch = `
  create table seen (queue text not null, at_once integer not null);
  create function note_dispatch() returns trigger language plpgsql security definer as $$
  begin
    insert into seen select new.queue, count(*) from task where queue = new.queue and state = 'dispatched';
    return null;
  end $$;
  create trigger note_dispatch after update on task for each row
    when (new.state = 'dispatched' and old.state = 'waiting' and new.queue is not null)
    execute function note_dispatch()`

describe.each(queueBackends())('named queues, with the product on %s', (backend) => {
  let product: TestProduct
  let mediaId: string

  beforeAll(async () => {
    product = await startTestProduct({ backend })
    const clip = join(product.folder, 'clock.mp4')
    await makeLumaClock({ path: clip, seconds: 5 })
    ;({ mediaId } = await product.rest.upload(clip))
    const isReady = async () => ((await product.rest.media(mediaId)).state === 'ready' ? true : undefined)
    await waitFor('The media', 20_000, isReady)
    await product.query(noteEachDispatch)
    await answerOf(api().POST('/v1/queues', { body: { name: 'narrow', limit: 1 } }))
    await answerOf(api().POST('/v1/queues', { body: { name: 'halted', paused: true } }))
  })

  afterAll(stopTestProducts)

  const api = () => product.rest.api
  const named = (name: string) => ({ path: { name } })

  async function start(queue?: string): Promise<string> {
    const body = { mediaId, tasks, ...(queue !== undefined && { queue }) }
    return (await answerOf(api().POST('/v1/runs', { body }))).runId
  }

  const end = (runId: string) =>
    waitFor('The end of the run', 90_000, async () => {
      const run = await product.rest.run(runId)
      if (run.state !== 'finished') return undefined
      expect(run.tasks.map(({ state }) => state)).toEqual(kinds.map(() => 'succeeded'))
      return true
    })

  /** The most tasks of a queue that were with the workers at one time since this was last asked, and how many there were. */
  async function seen(queue: string) {
    const [row] = await product.query(
      `with taken as (delete from seen where queue = '${queue}' returning at_once)
       select max(at_once)::integer as most, count(*)::integer as tasks from taken`,
    )
    return row
  }

  it('never have two tasks at work with a limit of one, and others are not held up', async () => {
    const runIds = await Promise.all(Array.from({ length: runCount }, () => start('narrow')))
    const free = await start()
    await end(free)
    const [left] = await product.query(
      `select count(*)::integer as count from task where queue = 'narrow' and state = 'waiting'`,
    )
    expect(left?.['count']).toBeGreaterThan(0)
    await Promise.all(runIds.map(end))
    expect(await seen('narrow')).toEqual({ most: 1, tasks: runCount * kinds.length })
  })

  it('are at work with several tasks where nothing limits them', async () => {
    await answerOf(api().PATCH('/v1/queues/{name}', { params: named('narrow'), body: { limit: null } }))
    const runIds = await Promise.all(Array.from({ length: runCount }, () => start('narrow')))
    await Promise.all(runIds.map(end))
    expect((await seen('narrow'))?.['most']).toBeGreaterThan(1)
  })

  it('hold their runs back while they are paused, and end them when they go on', async () => {
    const runId = await start('halted')
    await end(await start())
    const untouched = { state: 'waiting', progressPercent: 0 }
    expect(await product.rest.run(runId)).toMatchObject({ ...untouched, tasks: kinds.map(() => untouched) })
    const remove = () => answerOf(api().DELETE('/v1/queues/{name}', { params: named('halted') }))
    await expect(remove()).rejects.toMatchObject({ status: 409, code: 'queue.inUse' })
    await answerOf(api().PATCH('/v1/queues/{name}', { params: named('halted'), body: { paused: false } }))
    await end(runId)
    await remove()
  })

  it('are not the queues of the workers, which a board shows to administrators and lets nobody change', async () => {
    const { id } = await answerOf(api().POST('/v1/sub-apps', { body: { name: 'another' } }))
    const keyOf = async (subApp: number, body: string) => {
      const headers = { 'stillflow-sub-app': String(subApp) }
      const made = await product.rest.call('/v1/access-keys', { method: 'POST', body, headers })
      const { secretId, secretKey } = z.object({ secretId: z.string(), secretKey: z.string() }).parse(await made.json())
      return `Basic ${btoa(`${secretId}:${secretKey}`)}`
    }
    const statusOf = async (path: string, authorization: string) =>
      (await fetch(`${product.url}${path}`, { headers: { authorization } })).status
    const others = [await keyOf(id, '{}'), await keyOf(0, '{"scopes":["read","manage"]}')]
    for (const path of ['/queues', '/queues/api/queues', '/queues/static/js/none.js']) {
      const unasked = await fetch(`${product.url}${path}`)
      expect([unasked.status, unasked.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('Basic')])
      for (const other of others) expect(await statusOf(path, other)).toBe(403)
    }
    const page = await product.rest.call('/queues')
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
    expect(page.headers.get('content-security-policy')).not.toContain('http')
    const listed = await product.rest.call('/queues/api/queues')
    const { queues } = board.parse(await listed.json())
    const names = ['cover-by-snapshot', 'image-sprites', 'ingest', 'sample-snapshot', 'snapshot-by-time-offset']
    expect(queues.map(({ name }) => name).sort()).toEqual([...names.map((name) => `execute-${name}`), 'settle'])
    expect(queues.every(({ readOnlyMode }) => readOnlyMode)).toBe(true)
    for (const change of ['/pause', '/settle/pause', '/settle/retry/failed', '/settle/empty']) {
      expect((await product.rest.call(`/queues/api/queues${change}`, { method: 'PUT' })).status).toBe(405)
    }
  })

  it('are the pipelines of Alibaba IMS, whose jobs wait while one is paused and keep its limit when it goes on', async () => {
    const ims = currentAliyun(product, '2020-11-09')
    const made = pipeline.parse(await ims.call('CreatePipeline', { Name: 'p', Speed: 'Standard' }))
    const { PipelineId } = made.Pipeline
    await ims.call('UpdatePipeline', { PipelineId, Status: 'Paused' })
    await answerOf(api().PATCH('/v1/queues/{name}', { params: named(PipelineId), body: { limit: 1 } }))
    const submit = async (Type: string) => {
      const TemplateConfig = JSON.stringify({ Type, FrameType: 'normal', Time: 0, Count: 4 })
      const created = await ims.call('CreateCustomTemplate', { Name: Type, Type: 2, TemplateConfig })
      const { TemplateId } = template.parse(created).CustomTemplate
      const place = { Type: 'Media', Media: mediaId }
      const order = { Input: place, Output: place, TemplateConfig: { TemplateId }, ScheduleConfig: { PipelineId } }
      return job.parse(await ims.call('SubmitSnapshotJob', order)).JobId
    }
    // Of two types, so that two workers could be at them at once.
    const jobIds = await Promise.all(['Normal', 'Sprite', 'Normal', 'Sprite'].map(submit))
    const statuses = async () => {
      const told = jobIds.map((JobId) => ims.call('GetSnapshotJob', { JobId }))
      return (await Promise.all(told)).map((answer) => snapshotJob.parse(answer).SnapshotJob.Status)
    }
    await end(await start())
    expect(await statuses()).toEqual(Array(4).fill('Init'))
    await expect(ims.call('DeletePipeline', { PipelineId })).rejects.toMatchObject({ code: 'OperationDenied' })
    await ims.call('UpdatePipeline', { PipelineId, Status: 'Active' })
    const ended = async () => ((await statuses()).includes('Init') ? undefined : true)
    await waitFor('The end of the jobs', 90_000, ended)
    expect(await statuses()).toEqual(Array(4).fill('Success'))
    expect(await seen(PipelineId)).toEqual({ most: 1, tasks: 4 })
    expect(await ims.call('DeletePipeline', { PipelineId })).toMatchObject({ Success: true })
  })
})

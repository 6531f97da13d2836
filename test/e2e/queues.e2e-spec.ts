import { answerOf, type components } from '@libs/client'
import { makeLumaClock, queueBackends } from '@libs/testing'
import { join } from 'node:path'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const runCount = 4
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
})

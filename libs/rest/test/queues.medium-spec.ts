import { z } from 'zod'
import { type OpenRest, openRest } from './open-rest'

const accepted = z.object({ runId: z.string() })
const tasks = [{ kind: 'coverBySnapshot', definition: 10, position: '10%' }]

describe('/v1/queues', () => {
  let rest: OpenRest

  beforeEach(async () => {
    rest = await openRest()
  })

  afterEach(() => rest.close())

  const call: OpenRest['call'] = (...asked) => rest.call(...asked)
  const time: unknown = expect.any(String)
  const times = { createdAt: time, updatedAt: time }

  it('keeps queues, tells of them, changes and removes them', async () => {
    const plain = { name: 'q', comment: '', limit: null, priority: 0, paused: false }
    expect((await call('post', '/v1/queues', { name: 'q' }).expect(201)).body).toEqual({ ...plain, ...times })
    const all = { name: 'a/ü', comment: 'c', limit: 2, priority: -10, paused: true }
    await call('post', '/v1/queues', all).expect(201)
    expect((await call('get', `/v1/queues/${encodeURIComponent('a/ü')}`).expect(200)).body).toEqual({
      ...all,
      ...times,
    })
    const listed = await call('get', '/v1/queues?limit=1').expect(200)
    expect(listed.body).toEqual({ totalCount: 2, items: [{ ...plain, ...times }] })
    const changed = await call('patch', '/v1/queues/q', { limit: 5, paused: true }).expect(200)
    expect(changed.body).toEqual({ ...plain, limit: 5, paused: true, ...times })
    expect((await call('patch', '/v1/queues/q', { limit: null }).expect(200)).body).toMatchObject({ limit: null })
    await call('delete', '/v1/queues/q').expect(204)
    expect((await call('get', '/v1/queues/q').expect(404)).body).toMatchObject({ code: 'queue.notFound' })
  })

  it.each([
    [{}, 'name', 'request.missingParameter'],
    [{ name: '' }, 'name', 'request.invalidValue'],
    [{ name: 'x'.repeat(65) }, 'name', 'request.invalidValue'],
    [{ name: 'r', limit: 0 }, 'limit', 'request.invalidValue'],
    [{ name: 'r', limit: 1.5 }, 'limit', 'request.invalidParameter'],
    [{ name: 'r', priority: 11 }, 'priority', 'request.invalidValue'],
    [{ name: 'r', paused: 'yes' }, 'paused', 'request.invalidParameter'],
    [{ name: 'r', pace: 1 }, 'pace', 'request.unknownParameter'],
  ])('refuses %j by naming the field', async (body, field, code) => {
    expect((await call('post', '/v1/queues', body).expect(422)).body).toMatchObject({ field, code })
    expect((await call('get', '/v1/queues')).body).toMatchObject({ totalCount: 0 })
  })

  it('refuses a name twice, another name for one, and what is not there', async () => {
    await call('post', '/v1/queues', { name: 'q' }).expect(201)
    const again = await call('post', '/v1/queues', { name: 'q' }).expect(409)
    expect(again.body).toMatchObject({ code: 'queue.alreadyExists', field: 'name' })
    const renamed = await call('patch', '/v1/queues/q', { name: 'r' }).expect(422)
    expect(renamed.body).toMatchObject({ code: 'request.unknownParameter', field: 'name' })
    for (const method of ['patch', 'delete', 'get'] as const) {
      const unknown = await call(method, '/v1/queues/r', {}).expect(404)
      expect(unknown.body).toMatchObject({ code: 'queue.notFound', field: 'name' })
    }
  })

  it('is named by runs of every door, which tell of it', async () => {
    await call('post', '/v1/queues', { name: 'q', paused: true }).expect(201)
    await call('post', '/v1/procedures', { name: 'p', tasks }).expect(201)
    const run = accepted.parse((await call('post', '/v1/runs', { mediaId: rest.media.id, tasks, queue: 'q' })).body)
    const url = 'https://example.com/a.mp4'
    const pulled = await call('post', '/v1/media', { url, procedure: 'p', queue: 'q' })
    for (const { runId } of [run, accepted.parse(pulled.body)]) {
      expect((await call('get', `/v1/runs/${runId}`)).body).toMatchObject({ queue: 'q', state: 'waiting' })
    }
    const plain = accepted.parse((await call('post', '/v1/runs', { mediaId: rest.media.id, tasks })).body)
    expect((await call('get', `/v1/runs/${plain.runId}`)).body).not.toHaveProperty('queue')
    const held = await call('delete', '/v1/queues/q').expect(409)
    expect(held.body).toMatchObject({ code: 'queue.inUse', field: 'name' })
  })

  it('is not made by naming it: the run is refused, and nothing of it is stored', async () => {
    const before = rest.unitOfWork.tables.rowCount
    const refused = await call('post', '/v1/runs', { url: 'https://example.com/a.mp4', tasks, queue: 'r' }).expect(404)
    expect(refused.body).toMatchObject({
      code: 'queue.notFound',
      field: 'queue',
      detail: 'There is no queue named "r".',
    })
    expect(rest.unitOfWork.tables.rowCount).toBe(before)
  })
})

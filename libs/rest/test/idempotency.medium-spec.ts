import { mainSubApp } from '@libs/kernel'
import { ForgetRepeats } from '@libs/workflow'
import supertest from 'supertest'
import { fillExampleWorld } from './example-world'
import { type OpenRest, openRest } from './open-rest'
import { exampleIds } from '../src/openapi/example-ids'

const dayMs = 86_400_000
const cover = { kind: 'coverBySnapshot', definition: 10, position: '10%' }
const image = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
const everyFifth = { settings: { sampling: { by: 'percent', intervalPercent: 5 } } }
const named = { name: 'n', settings: { sampling: { by: 'percent', intervalPercent: 5 }, rows: 2, columns: 2 } }

/** What is done once under a key: where, a request, and another one. */
const requests = [
  ['/v1/runs', 202, { tasks: [cover] }, { tasks: [cover, cover] }],
  [
    '/v1/runs',
    202,
    { url: 'http://example.com/a.mp4', tasks: [cover] },
    { url: 'http://example.com/b.mp4', tasks: [cover] },
  ],
  ['/v1/media', 201, { url: 'http://example.com/a.mp4' }, { url: 'http://example.com/b.mp4' }],
  ['/v1/media', 201, { url: 'http://example.com/a.mp4', procedure: 'previews' }, { url: 'http://example.com/a.mp4' }],
  ['/v1/templates/snapshot-by-time-offset', 201, { name: 'n' }, { name: 'm' }],
  ['/v1/templates/sample-snapshot', 201, everyFifth, { ...everyFifth, name: 'm' }],
  ['/v1/templates/image-sprite', 201, named, { ...named, name: 'm' }],
  ['/v1/templates/watermark', 201, { image }, { image, x: '5%' }],
] as const

describe('a request with an Idempotency-Key', () => {
  let rest: OpenRest

  beforeEach(async () => {
    rest = await openRest()
    await fillExampleWorld(rest.unitOfWork)
  })

  afterEach(() => rest.close())

  const bodyOf = (path: string, body: object) =>
    path === '/v1/runs' && !('url' in body) ? { mediaId: exampleIds.mediaId, ...body } : body
  const post = (path: string, body: object, key = 'key 1') =>
    rest.call('post', path, bodyOf(path, body)).set('Idempotency-Key', key)
  const rows = () => rest.unitOfWork.tables.rowCount
  const answered = ({ status, body, headers }: supertest.Response) => ({
    ...{ status, body: body as unknown },
    location: headers['location'],
  })

  it.each(requests)('to %s is done once, and answered the same again', async (path, status, body) => {
    const first = await post(path, body)
    expect(first.status).toBe(status)
    const before = rows()
    const again = await Promise.all([post(path, body), post(path, body)])
    expect(again.map(answered)).toEqual([answered(first), answered(first)])
    expect(rows()).toBe(before)
    const other = await post(path, body, 'key 2')
    expect(other.status).toBe(status)
    expect(other.body).not.toEqual(first.body)
    expect(rows()).toBeGreaterThan(before)
  })

  it.each(requests)('to %s is refused when it is another one', async (path, _status, body, otherBody) => {
    await post(path, body)
    const before = rows()
    const refused = await post(path, otherBody)
    expect(refused.body).toMatchObject({ status: 422, code: 'request.keyReused', field: 'Idempotency-Key' })
    expect(rows()).toBe(before)
  })

  it('to do a task again starts one run', async () => {
    const retry = () => rest.call('post', `/v1/tasks/${exampleIds.failedTaskId}/retry`).set('Idempotency-Key', 'k')
    const [first, second] = await Promise.all([retry(), retry()])
    expect(first.status).toBe(202)
    expect(answered(second)).toEqual(answered(first))
    const other = await rest.call('post', `/v1/tasks/${exampleIds.taskId}/retry`).set('Idempotency-Key', 'k')
    expect(other.body).toMatchObject({ status: 422, code: 'request.keyReused' })
  })

  it('is done once by several at once', async () => {
    const before = rest.unitOfWork.tables.runs.size
    const all = await Promise.all(Array.from({ length: 8 }, () => post('/v1/runs', { tasks: [cover] })))
    expect(new Set(all.map(({ text }) => text)).size).toBe(1)
    expect(rest.unitOfWork.tables.runs.size).toBe(before + 1)
  })

  it('that was refused may come again', async () => {
    const refused = await post('/v1/media', { url: 'http://example.com/a.mp4', procedure: 'later' })
    expect(refused.body).toMatchObject({ code: 'procedure.notFound' })
    await rest.call('post', '/v1/procedures', { name: 'later', tasks: [cover] }).expect(201)
    expect((await post('/v1/media', { url: 'http://example.com/a.mp4', procedure: 'later' })).status).toBe(201)
  })

  it('is another one from another access key, and in another sub-application', async () => {
    const { stores } = rest.unitOfWork
    await stores.accessKeys.save({ secretId: 'other', secretKey: 's', subAppId: mainSubApp }, new Date())
    const template = '/v1/templates/snapshot-by-time-offset'
    const definitions = [await post(template, {}), await post(template, {}).auth('other', 's')]
    definitions.push(await post(template, {}).set('Stillflow-Sub-App', String(exampleIds.subAppId)))
    expect(definitions.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set(definitions.map(({ text }) => text)).size).toBe(3)
  })

  it('is forgotten after a day', async () => {
    const first = await post('/v1/runs', { tasks: [cover] })
    const { idempotencyKeys } = rest.unitOfWork.tables
    const age = (ageMs: number) => {
      for (const [place, row] of idempotencyKeys) {
        idempotencyKeys.set(place, { ...row, createdAt: new Date(Date.now() - ageMs) })
      }
    }
    age(dayMs - 60_000)
    expect((await post('/v1/runs', { tasks: [cover] })).body).toEqual(first.body)
    age(dayMs + 60_000)
    const second = await post('/v1/runs', { tasks: [cover] })
    expect(second.status).toBe(202)
    expect(second.body).not.toEqual(first.body)
    const forget = new ForgetRepeats(rest.unitOfWork, { nowMs: () => Date.now() })
    expect(await forget.execute()).toBe(0)
    age(dayMs + 60_000)
    expect(await forget.execute()).toBe(1)
    expect(idempotencyKeys.size).toBe(0)
  })

  it.each(['', 'k'.repeat(256), 'clé'])('is refused with %j for a key', async (key) => {
    const refused = await post('/v1/runs', { tasks: [cover] }, key)
    expect(refused.body).toMatchObject({ status: 422, code: 'request.invalidValue', field: 'Idempotency-Key' })
  })

  it('brings no file', async () => {
    const upload = supertest(rest.url).post('/v1/media').auth('id', 's:ecret').set('Idempotency-Key', 'k')
    const refused = await upload.attach('file', Buffer.from('x'), 'a.mp4')
    expect(refused.body).toMatchObject({ status: 422, code: 'feature.unsupported', field: 'Idempotency-Key' })
  })
})

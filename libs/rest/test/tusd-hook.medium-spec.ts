import { mainSubApp, type MediaId } from '@libs/kernel'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import supertest from 'supertest'
import { type OpenRest, openRest } from './open-rest'

type Hook = Readonly<Record<string, unknown>>

/** As the documents of tusd show what it sends: there is no tusd in Debian 12 nor on npm to be asked. */
function recorded(name: string): Hook {
  return JSON.parse(readFileSync(join(__dirname, 'recorded', name), 'utf8')) as Hook
}

const second = recorded('tusd-2-post-finish.json')
const first = recorded('tusd-1-post-finish.json')
const from = 'http://tusd.example:8080/files/'
const id = '14b1c4c77771671a8479bc0444bbc5ce'

describe('/v1/hooks/tusd', () => {
  let rest: OpenRest

  beforeEach(async () => {
    rest = await openRest()
    const times = { createdAt: new Date(), updatedAt: new Date() }
    for (const name of ['previews', 'covers']) {
      await rest.unitOfWork.stores.procedures.insert(mainSubApp, {
        ...{ name, type: 'custom', comment: '', ...times },
        tasks: [{ kind: 'coverBySnapshot', definition: 10, request: { position: { unit: 's', value: 1 } } }],
      })
    }
  })

  afterEach(() => rest.close())

  const tell = (hook: object | string, query: Readonly<Record<string, string>> = {}, headers: object = {}) =>
    supertest(rest.url)
      .post('/v1/hooks/tusd')
      .query({ from, ...query })
      .set({ 'Content-Type': 'application/json', ...headers })
      .auth('id', 's:ecret')
      .send(hook)
  const mediaOf = (body: unknown) =>
    rest.unitOfWork.stores.media.find(mainSubApp, (body as { mediaId: MediaId }).mediaId)
  const runsOf = (name: string) => [...rest.unitOfWork.tables.runs.values()].filter((run) => run.procedureName === name)
  const changed = (upload: object) => ({ Type: 'post-finish', Event: { Upload: { ID: id, ...upload } } })

  it('makes a media of a finished upload, once however often it is told', async () => {
    const told = await Promise.all([tell(second), tell(second), tell(second)])
    expect(told.map(({ status }) => status)).toEqual([200, 200, 200])
    const [taken, ...again] = told
      .map(({ body }) => body as object)
      .toSorted((a, b) => Object.keys(b).length - Object.keys(a).length)
    expect(again).toEqual([{}, {}])
    expect(await mediaOf(taken)).toMatchObject({
      ...{ name: 'holiday', extension: 'mp4', state: 'ingesting' },
      sourceUrl: `${from}${id}`,
    })
    expect(runsOf('previews')).toMatchObject([{ mediaId: (taken as { mediaId: string }).mediaId, priority: 0 }])
  })

  it('runs the procedure that the address names, whatever an uploader says', async () => {
    expect((await tell(second, { procedure: 'covers' })).status).toBe(200)
    expect([runsOf('covers'), runsOf('previews')].map((runs) => runs.length)).toEqual([1, 0])
  })

  it('hears tusd 1 too, whose uploads in S3 have a plus in their names', async () => {
    const told = await tell(first, {}, { 'Hook-Name': 'post-finish' })
    expect((await mediaOf(told.body))?.sourceUrl).toBe(`${from}${id}%2BKDuW5zs2P8WKAoNTbLrBPQ`)
  })

  it.each([
    ['another hook', { ...second, Type: 'pre-create' }],
    ['another hook of an upload without an id', { Type: 'pre-create', Event: { Upload: { ID: '', MetaData: null } } }],
    ['a part of an upload', changed({ IsPartial: true })],
    ['tusd 1 without a name', first],
    ['nothing', {}],
  ])('passes %s over', async (_what, hook) => {
    expect(await tell(hook)).toMatchObject({ status: 200, body: {} })
    expect(rest.unitOfWork.tables.media.size).toBe(1)
  })

  it.each([
    ['no upload', { Type: 'post-finish', Event: {} }, {}, 422, 'request.missingParameter'],
    ['no id', changed({ ID: '' }), {}, 422, 'request.invalidValue'],
    ['NUL', changed({ MetaData: { filename: 'a\0b' } }), {}, 422, 'request.invalidValue'],
    ['metadata that is none', changed({ MetaData: { filename: 7 } }), {}, 422, 'request.invalidParameter'],
    ['an unknown procedure', changed({ MetaData: { procedure: 'nobody' } }), {}, 422, 'procedure.notFound'],
    ['an unknown procedure in the address', second, { procedure: 'nobody' }, 422, 'procedure.notFound'],
    ['no place to get it from', second, { from: 'file:///etc' }, 422, 'request.invalidValue'],
    ['no JSON', '{"Type":', {}, 400, 'request.malformed'],
  ])('refuses %s', async (_what, hook, query, status, code) => {
    expect(await tell(hook, query)).toMatchObject({ status, body: { code } })
    expect(rest.unitOfWork.tables.media.size).toBe(1)
  })

  it('climbs nowhere with an id, and calls files by what is harmless of their names', async () => {
    const told = await tell(changed({ ID: '../../admin?x=1#y', MetaData: { filename: '../🎬.mp4' } }))
    const media = await mediaOf(told.body)
    expect(media).toMatchObject({ name: '🎬', extension: 'mp4' })
    expect(media?.sourceUrl).toBe(`${from}//admin%3Fx%3D1%23y`)
  })

  it.each([
    ['a wrong secret', (request: supertest.Test) => request.auth('id', 'wrong')],
    ['no secret', (request: supertest.Test) => request.unset('Authorization')],
  ])('refuses %s', async (_what, change) => {
    const request = supertest(rest.url).post('/v1/hooks/tusd').query({ from }).auth('id', 's:ecret')
    expect((await change(request).send(second)).status).toBe(401)
    expect(rest.unitOfWork.tables.media.size).toBe(1)
  })
})

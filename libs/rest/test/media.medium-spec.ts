import { aMedia, succeedTask } from '@libs/testing'
import type { Media } from '@libs/workflow'
import { type OpenRest, openRest } from './open-rest'

describe('/v1/media', () => {
  let rest: OpenRest

  beforeEach(async () => {
    rest = await openRest()
  })

  afterEach(() => rest.close())

  const get = (path: string) => rest.call('get', path)

  it('shows a media with the latest of what was made of it', async () => {
    await succeedTask(rest.unitOfWork, {
      media: rest.media,
      kind: 'sampleSnapshot',
      finishedAt: new Date(1_795_000_000_000),
    })
    const { run } = await succeedTask(rest.unitOfWork, {
      media: rest.media,
      kind: 'sampleSnapshot',
      finishedAt: new Date(1_795_000_000_001),
    })
    const shown = await get(`/v1/media/${rest.media.id}`)
    const stills = [{ url: 'http://files.example.com/artifacts/0/1/still-0.jpg', ptsMs: 3_480 }]
    expect(shown.body).toMatchObject({
      mediaId: rest.media.id,
      results: [{ kind: 'sampleSnapshot', definition: 10, runId: run.id, output: { stills } }],
    })
    const theirs = aMedia({ subAppId: 7 as Media['subAppId'] })
    await rest.unitOfWork.stores.media.insert(theirs)
    for (const id of [theirs.id, aMedia().id, 'nonsense']) {
      const refused = await get(`/v1/media/${id}`)
      expect(refused).toMatchObject({ status: 404, body: { code: 'media.notFound', field: 'mediaId' } })
    }
  })

  it('changes, lists and deletes media', async () => {
    const send = (method: 'patch' | 'delete', path: string) => rest.call(method, path)
    const marks = [{ atMs: 1_500, text: 'a mark' }]
    const cover = Buffer.from('GIF89a').toString('base64')
    const change = {
      name: 'n',
      description: 'd',
      reference: 'own-123',
      tags: ['t'],
      marks,
      expiresAt: '2099-01-01T00:00:00.000Z',
    }
    const changed = await send('patch', `/v1/media/${rest.media.id}`).send({ ...change, cover })
    expect(changed.body).toMatchObject({ mediaId: rest.media.id, ...change })
    expect((changed.body as { coverUrl: string }).coverUrl).toMatch(/\.gif$/)
    const forever = await send('patch', `/v1/media/${rest.media.id}`).send({ expiresAt: null })
    expect(forever.body).not.toHaveProperty('expiresAt')
    const wrong = await send('patch', `/v1/media/${rest.media.id}`).send({ cover: Buffer.from('x').toString('base64') })
    expect(wrong).toMatchObject({ status: 422, body: { code: 'request.invalidValue', field: 'cover' } })
    const other = aMedia()
    await rest.unitOfWork.stores.media.insert(other)
    const taken = await send('patch', `/v1/media/${other.id}`).send({ reference: 'own-123' })
    expect(taken).toMatchObject({ status: 422, body: { code: 'request.invalidValue', field: 'reference' } })
    expect((await get('/v1/media?name=N&tag=t')).body).toMatchObject({
      totalCount: 1,
      items: [{ mediaId: rest.media.id }],
    })
    expect((await get('/v1/media?tag=other')).body).toEqual({ totalCount: 0, items: [] })
    expect((await send('delete', `/v1/media/${rest.media.id}`)).status).toBe(204)
    expect((await get(`/v1/media/${rest.media.id}`)).status).toBe(404)
    expect((await send('delete', `/v1/media/${rest.media.id}`)).status).toBe(404)
  })

  it('lists runs page by page', async () => {
    for (const kind of ['sampleSnapshot', 'imageSprites'] as const)
      await succeedTask(rest.unitOfWork, { media: rest.media, kind })
    const first = await get(`/v1/runs?mediaId=${rest.media.id}&state=finished&limit=1`)
    expect(first.body).toMatchObject({ items: [{ mediaId: rest.media.id, state: 'finished', type: 'process' }] })
    const { nextPage } = first.body as { nextPage: string }
    const second = await get(`/v1/runs?limit=1&page=${nextPage}`)
    expect(second.body).toMatchObject({ items: [{ mediaId: rest.media.id }] })
    expect(second.body).not.toHaveProperty('nextPage')
    expect((await get('/v1/runs?page=nonsense')).body).toMatchObject({ code: 'request.invalidValue', field: 'page' })
  })
})

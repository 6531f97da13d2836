import { answerOf, ApiProblem, type Client, openClient, uploadMedia } from '@libs/client'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { exampleIds } from '../src/openapi/example-ids'
import { fillExampleWorld } from './example-world'
import { type OpenRest, openRest } from './open-rest'

const accessKey = { secretId: 'id', secretKey: 's:ecret' }
const cover = { kind: 'coverBySnapshot', definition: 10, position: '10%' } as const

describe('the typed client', () => {
  let rest: OpenRest
  let api: Client

  beforeEach(async () => {
    rest = await openRest()
    await fillExampleWorld(rest.unitOfWork)
    api = openClient({ url: rest.url, accessKey })
  })

  afterEach(() => rest.close())

  it('starts a run, follows it, and ends it', async () => {
    const order = { mediaId: exampleIds.mediaId, tasks: [cover], userData: { order: 7 } }
    const { runId, mediaId } = await answerOf(api.POST('/v1/runs', { body: order }))
    expect(mediaId).toBe(exampleIds.mediaId)
    const params = { path: { runId } }
    const run = await answerOf(api.GET('/v1/runs/{runId}', { params }))
    expect([run.state, run.userData, run.tasks[0]?.kind]).toEqual(['waiting', order.userData, cover.kind])
    const listed = await answerOf(api.GET('/v1/runs', { params: { query: { mediaId, limit: 1 } } }))
    expect(listed.items).toMatchObject([{ runId }])
    expect(await answerOf(api.POST('/v1/runs/{runId}/abort', { params }))).toEqual({ runId })
  })

  it('uploads a file with its fields', async () => {
    const { mediaId, runId } = await uploadMedia(api, new Blob(['bytes']), 'trailer.mp4', { procedure: 'previews' })
    expect(runId).toMatch(/^[0-9a-f]{32}$/)
    const media = await answerOf(api.GET('/v1/media/{mediaId}', { params: { path: { mediaId } } }))
    expect(media).toMatchObject({ name: 'trailer', state: 'ingesting' })
  })

  it('throws what was refused, with its code and field', async () => {
    const refused = answerOf(api.POST('/v1/runs', { body: { mediaId: exampleIds.mediaId, procedure: 'p' } }))
    await expect(refused).rejects.toBeInstanceOf(ApiProblem)
    await expect(refused).rejects.toMatchObject({ status: 422, code: 'procedure.notFound', field: 'procedure' })
    await expect(refused).rejects.toThrow('/v1/runs was answered 422: There is no procedure named "p".')
    const stranger = openClient({ url: rest.url, accessKey: { ...accessKey, secretKey: 'x' } })
    await expect(answerOf(stranger.GET('/v1/queues'))).rejects.toMatchObject({ code: 'auth.badSignature' })
  })

  it('changes only what was read, and asks once', async () => {
    const params = { path: { name: 'previews' } }
    const { response } = await api.GET('/v1/procedures/{name}', { params })
    const tag = response.headers.get('etag') ?? ''
    const known = await api.GET('/v1/procedures/{name}', { params: { ...params, header: { 'If-None-Match': tag } } })
    expect(known.response.status).toBe(304)
    const remove = () => api.DELETE('/v1/procedures/{name}', { params: { ...params, header: { 'If-Match': tag } } })
    await answerOf(api.PUT('/v1/procedures/{name}', { params, body: { tasks: [cover] } }))
    await expect(answerOf(remove())).rejects.toMatchObject({ status: 412, code: 'request.outdated' })
    const header = { 'Idempotency-Key': 'k' }
    const make = () => api.POST('/v1/templates/snapshot-by-time-offset', { params: { header }, body: { name: 'n' } })
    expect(await answerOf(make())).toEqual(await answerOf(make()))
  })

  it('acts in another sub-application', async () => {
    const other = openClient({ url: rest.url, accessKey, subAppId: exampleIds.subAppId })
    expect((await answerOf(other.GET('/v1/procedures', { params: { query: { type: 'custom' } } }))).items).toEqual([])
    expect(await answerOf(other.DELETE('/v1/queues/{name}', { params: { path: { name: 'q' } } })).catch(codeOf)).toBe(
      'queue.notFound',
    )
  })

  it('knows what is no answer of the API', async () => {
    const proxy = createServer((_request, response) => {
      response.writeHead(502, { 'content-type': 'text/html', 'retry-after': '7' }).end('<h1>Bad gateway</h1>')
    })
    await once(proxy.listen(0, '127.0.0.1'), 'listening')
    const { port } = proxy.address() as AddressInfo
    const lost = openClient({ url: `http://127.0.0.1:${port}`, accessKey })
    const refused = answerOf(lost.GET('/v1/queues'))
    await expect(refused).rejects.toMatchObject({ status: 502, code: undefined, retryAfterS: 7 })
    await expect(refused).rejects.toThrow('Bad gateway')
    proxy.closeAllConnections()
    await new Promise((resolve) => proxy.close(resolve))
  })
})

function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof ApiProblem ? thrown.code : undefined
}

import { AppError, mainSubApp, newEventId, newRunId } from '@libs/kernel'
import { aMedia, aRun, MemoryInfrastructure, MemorySourceStore, MemoryUnitOfWork } from '@libs/testing'
import { defaultEventConfig, type Media } from '@libs/workflow'
import { Test } from '@nestjs/testing'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { connect } from 'node:net'
import { once } from 'node:events'
import supertest from 'supertest'
import { z } from 'zod'
import { mountRest } from '../src/mount-rest'
import { RestModule } from '../src/rest.module'

const problem = z.strictObject({
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  field: z.string().optional(),
})
const accepted = z.object({ runId: z.string(), mediaId: z.string() })
const untouched = { state: 'waiting', progressPercent: 0 }
const untouchedTask = { taskId: expect.any(String) as unknown, ...untouched }
const tasks = [
  { kind: 'coverBySnapshot', definition: 10, position: '10%' },
  { kind: 'snapshotByTimeOffset', definition: 10, offsets: ['3.5s', '10%', 1500.5] },
]

class WatchedSourceStore extends MemorySourceStore {
  readonly keys = new Set<string>()

  override async put(...parameters: Parameters<MemorySourceStore['put']>) {
    const stored = await super.put(...parameters)
    this.keys.add(parameters[0])
    return stored
  }

  override async remove(key: string): Promise<void> {
    this.keys.delete(key)
    return super.remove(key)
  }
}

describe('/v1', () => {
  let unitOfWork: MemoryUnitOfWork
  let sources: WatchedSourceStore
  let app: NestExpressApplication
  let media: Media

  beforeEach(async () => {
    unitOfWork = new MemoryUnitOfWork()
    sources = new WatchedSourceStore()
    media = aMedia()
    await unitOfWork.stores.media.insert(media)
    await unitOfWork.stores.accessKeys.save({ secretId: 'id', secretKey: 's:ecret', subAppId: mainSubApp }, new Date())
    const module = await Test.createTestingModule({
      imports: [MemoryInfrastructure.around(unitOfWork, sources), RestModule],
    }).compile()
    app = module.createNestApplication<NestExpressApplication>()
    app.useLogger(false)
    mountRest(app)
    await app.listen(0, '127.0.0.1')
  })

  afterEach(() => app.close())

  const server = () => supertest(app.getHttpServer())
  const get = (path: string) => server().get(path).auth('id', 's:ecret')
  const post = (path: string) => server().post(path).auth('id', 's:ecret')
  const createRun = (body: object) => post('/v1/runs').send(body)

  async function refused(call: supertest.Test): Promise<z.output<typeof problem>> {
    const before = unitOfWork.tables.rowCount
    const response = await call
    expect(response.headers['content-type']).toBe('application/problem+json')
    expect(unitOfWork.tables.rowCount).toBe(before)
    expect(sources.keys.size).toBe(0)
    const told = problem.parse(JSON.parse(response.text))
    expect(told.status).toBe(response.status)
    return told
  }

  describe('the door', () => {
    it.each([
      ['auth.missing', undefined],
      ['auth.malformed', 'Bearer x'],
      ['auth.malformed', `Basic ${btoa('no colon')}`],
      ['auth.badSignature', `Basic ${btoa('nobody:s:ecret')}`],
      ['auth.badSignature', `Basic ${btoa('id:wrong')}`],
    ])('answers %s to %s', async (code, authorization) => {
      const call = server().get('/v1/event-config')
      const told = await refused(authorization === undefined ? call : call.set('Authorization', authorization))
      expect(told).toMatchObject({ status: 401, code })
    })

    it('refuses strangers before it reads a byte', async () => {
      const { port } = z.object({ port: z.number() }).parse(app.getHttpServer().address())
      const socket = connect(port, '127.0.0.1')
      socket.write('POST /v1/media HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n')
      const [answer] = (await once(socket, 'data')) as [Buffer]
      socket.destroy()
      expect(answer.toString()).toMatch(/^HTTP\/1\.1 401 /)
    })

    it('refuses broken JSON, invalid UTF-8 and 20 MB, and lives', async () => {
      const json = () => post('/v1/runs').set('Content-Type', 'application/json')
      expect(await refused(json().send('{'))).toMatchObject({ status: 400, code: 'request.malformed' })
      const broken = json()
      broken.write(Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]))
      expect(await refused(broken)).toMatchObject({ status: 400, code: 'request.malformed' })
      const large = await refused(json().send(`{"url":"${'x'.repeat(20 * 1024 * 1024)}"}`))
      expect(large).toMatchObject({ status: 413, code: 'request.tooLarge' })
      expect((await get('/v1/event-config')).status).toBe(200)
    })

    it('says that there is nothing where there is nothing', async () => {
      expect(await refused(get('/v1/nothing/here'))).toMatchObject({ status: 404 })
      expect(await refused(get('/nothing/here'))).toMatchObject({ status: 404, code: 'request.unknownAction' })
      expect(await refused(get('/files/%ff'))).toMatchObject({ status: 400, code: 'request.malformed' })
      expect(await refused(post('/v1/runs').type('text').send('x'))).toMatchObject({ code: 'request.malformed' })
    })
  })

  describe('runs', () => {
    it('are accepted at once, and told of in the words that were asked', async () => {
      const order = { priority: 3, sessionContext: 'c', sessionId: 's' }
      const created = await createRun({ mediaId: media.id, tasks, ...order })
      const { runId } = accepted.parse(created.body)
      expect([created.status, created.headers['location']]).toEqual([202, `/v1/runs/${runId}`])
      const described = await get(`/v1/runs/${runId}`)
      expect(described.body).toMatchObject({
        runId,
        mediaId: media.id,
        ...untouched,
        notifyMode: 'finish',
        ...order,
      })
      expect(described.body).toHaveProperty(
        'tasks',
        tasks.toReversed().map((task) => ({ ...task, ...untouchedTask })),
      )
    })

    it('may be told to stop, as often as one likes; whoever moves runs on is told', async () => {
      const { runId } = accepted.parse((await createRun({ mediaId: media.id, tasks })).body)
      for (const time of ['first', 'again']) {
        const told = await post(`/v1/runs/${runId}/abort`)
        expect([time, told.status, told.body]).toEqual([time, 202, { runId }])
      }
      const open = await unitOfWork.run(({ runs }) => runs.lockAborted(10))
      expect(open.map(({ run }) => run.id)).toEqual([runId, runId])
      for (const unknown of ['x', newRunId(1)]) {
        const told = await refused(post(`/v1/runs/${unknown}/abort`))
        expect(told).toMatchObject({ status: 404, code: 'run.notFound', field: 'runId' })
      }
    })

    it('that have ended stay as they are when they are told to stop', async () => {
      const run = aRun(media, { state: 'finished' })
      await unitOfWork.run(({ runs }) => runs.insert(run, [], undefined))
      await post(`/v1/runs/${run.id}/abort`).expect(202, { runId: run.id })
      expect((await get(`/v1/runs/${run.id}`)).body).toMatchObject({ state: 'finished' })
    })

    it('may begin with a URL and a procedure', async () => {
      await post('/v1/procedures').send({ name: 'p', tasks }).expect(201)
      const created = await createRun({ url: 'https://example.com/a.mp4', procedure: 'p' })
      const { mediaId } = accepted.parse(created.body)
      expect((await get(`/v1/media/${mediaId}`)).body).toMatchObject({
        name: 'a',
        extension: 'mp4',
        state: 'ingesting',
      })
    })

    it.each([
      [422, 'request.missingParameter', 'mediaId', { tasks }],
      [422, 'request.invalidParameter', 'url', { mediaId: '1', url: 'http://h/a', tasks }],
      [422, 'request.invalidValue', 'url', { url: 'ftp://h/a', tasks }],
      [404, 'media.notFound', 'mediaId', { mediaId: '123456789012345678', tasks }],
      [404, 'media.notFound', 'mediaId', { mediaId: 'x', tasks }],
      [422, 'request.missingParameter', 'tasks', { url: 'http://h/a' }],
      [422, 'request.invalidValue', 'tasks', { url: 'http://h/a', tasks: [] }],
      [422, 'request.invalidParameter', 'procedure', { url: 'http://h/a', tasks, procedure: 'p' }],
      [422, 'procedure.notFound', 'procedure', { url: 'http://h/a', procedure: 'p' }],
      [
        422,
        'template.notFound',
        'tasks.0.definition',
        { url: 'http://h/a', tasks: [{ ...tasks[0], definition: 4711 }] },
      ],
      [422, 'request.unknownParameter', 'nope', { url: 'http://h/a', tasks, nope: 1 }],
      [422, 'request.invalidValue', 'priority', { url: 'http://h/a', tasks, priority: 11 }],
    ])('are refused with %s %s naming %s', async (status, code, field, body) => {
      expect(await refused(createRun(body))).toMatchObject({ status, code, field })
    })

    it.each(['150%', '-1s', 'abc', 'NaN', -1, null])('are refused for the offset %j by its index', async (offset) => {
      const asked = [{ kind: 'snapshotByTimeOffset', definition: 10, offsets: ['1s', offset] }]
      const told = await refused(createRun({ mediaId: media.id, tasks: asked }))
      expect(told).toMatchObject({ status: 422, field: 'tasks.0.offsets.1' })
    })

    it('are accepted once in a session', async () => {
      const body = { mediaId: media.id, tasks, sessionId: 's' }
      await createRun(body).expect(202)
      expect(await refused(createRun(body))).toMatchObject({
        status: 409,
        code: 'session.duplicate',
        field: 'sessionId',
      })
    })

    it('are not told of to those who cannot name them', async () => {
      expect(await refused(get('/v1/runs/x'))).toMatchObject({ status: 404, code: 'run.notFound' })
    })
  })

  describe('media', () => {
    const upload = (bytes: string) => post('/v1/media').attach('file', Buffer.from(bytes), 'Animal 世界.MP4')

    it('are stored as they stream in, and their procedure starts', async () => {
      await post('/v1/procedures').send({ name: 'p', tasks }).expect(201)
      const response = await upload('bytes').field({ procedure: 'p', sessionContext: 'c', priority: '5' })
      const { mediaId, runId } = accepted.parse(response.body)
      expect([response.status, response.headers['location']]).toEqual([201, `/v1/media/${mediaId}`])
      expect([...sources.keys]).toEqual([expect.stringMatching(`^sources/0/${mediaId}/[0-9a-f]{20}\\.mp4$`)])
      expect((await get(`/v1/runs/${runId}`)).body).toMatchObject({ procedure: 'p', priority: 5, sessionContext: 'c' })
      expect((await get(`/v1/media/${mediaId}`)).body).toMatchObject({ name: 'Animal 世界', extension: 'mp4' })
    })

    it('may be empty: what is wrong with its bytes is said by its tasks', async () => {
      await post('/v1/procedures').send({ name: 'p', tasks }).expect(201)
      accepted.parse((await upload('').field('procedure', 'p').expect(201)).body)
    })

    it('may be named by a URL', async () => {
      const response = await post('/v1/media').send({ url: 'http://example.com/x/y.mkv', name: 'n' })
      const { mediaId } = z.object({ mediaId: z.string() }).parse(response.body)
      expect((await get(`/v1/media/${mediaId}`)).body).toMatchObject({
        name: 'n',
        extension: 'mkv',
        sourceUrl: 'http://example.com/x/y.mkv',
      })
    })

    it('leave nothing behind when they are refused', async () => {
      expect(await refused(upload('x').field('procedure', 'nobody'))).toMatchObject({ code: 'procedure.notFound' })
      expect(await refused(upload('x').field('nope', '1'))).toMatchObject({ code: 'request.unknownParameter' })
      expect(await refused(upload('x').field('url', 'http://h/a'))).toMatchObject({ field: 'url' })
      expect(await refused(upload('x').attach('file', Buffer.from('y'), 'b'))).toMatchObject({
        code: 'request.malformed',
      })
      expect(await refused(post('/v1/media').attach('video', Buffer.from('y'), 'b'))).toMatchObject({ status: 400 })
      expect(await refused(post('/v1/media').field('name', 'n'))).toMatchObject({ field: 'file' })
      jest.spyOn(sources, 'put').mockRejectedValueOnce(new AppError('storage.full', 'The disk is full.'))
      expect(await refused(upload('x'))).toMatchObject({ status: 507, code: 'storage.full' })
    })

    it('leave nothing behind when the caller hangs up', async () => {
      const { port } = z.object({ port: z.number() }).parse(app.getHttpServer().address())
      const before = unitOfWork.tables.rowCount
      const put = jest.spyOn(sources, 'put')
      const socket = connect(port, '127.0.0.1')
      const head = `POST /v1/media HTTP/1.1\r\nHost: h\r\nAuthorization: Basic ${btoa('id:s:ecret')}\r\nContent-Length: 1000\r\n`
      socket.write(`${head}Content-Type: multipart/form-data; boundary=b\r\n\r\n`)
      socket.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\nbytes')
      while (put.mock.results.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
      socket.destroy()
      await expect(put.mock.results[0]?.value).rejects.toBeInstanceOf(Error)
      expect([sources.keys.size, unitOfWork.tables.rowCount]).toEqual([0, before])
    })
  })

  it('stores and lists templates, presets first', async () => {
    const sampling = { by: 'time', intervalMs: 500 }
    const template = { name: 'n', settings: { sampling, rows: 2, columns: 3, format: 'webp' } }
    expect((await post('/v1/templates/image-sprite').send(template)).body).toEqual({ definition: 1000 })
    await post('/v1/templates/sample-snapshot').send({ settings: { sampling } }).expect(201)
    await post('/v1/templates/snapshot-by-time-offset').send({}).expect(201)
    expect((await get('/v1/templates/image-sprite?limit=1&offset=1')).body).toMatchObject({
      totalCount: 2,
      items: [{ definition: 1000, settings: { ...template.settings, fill: 'black', widthPx: 0 } }],
    })
    expect((await get('/v1/templates/sample-snapshot?type=preset')).body).toMatchObject({ totalCount: 1 })
    const wide = { settings: { ...template.settings, columns: 10, widthPx: 1600 } }
    expect(await refused(post('/v1/templates/image-sprite').send(wide))).toMatchObject({ field: 'settings.widthPx' })
    expect(await refused(get('/v1/templates/image-sprite?limit=x'))).toMatchObject({ field: 'limit' })
  })

  it('lets templates say which frames they want and how pictures are written', async () => {
    const settings = { format: 'avif', quality: 60, chroma: '444', accuracy: 'keyframe' }
    const sampling = { by: 'percent', intervalPercent: 5 }
    const bodies = {
      'snapshot-by-time-offset': settings,
      'sample-snapshot': { ...settings, sampling },
      'image-sprite': { ...settings, sampling, rows: 1, columns: 1 },
    }
    for (const [name, asked] of Object.entries(bodies)) {
      const template = (given: object) => post(`/v1/templates/${name}`).send({ settings: { ...asked, ...given } })
      await template({}).expect(201)
      expect((await get(`/v1/templates/${name}?type=custom`)).body).toMatchObject({
        totalCount: 1,
        items: [{ settings: asked }],
      })
      for (const wrong of [
        { quality: 101 },
        { quality: 0 },
        { chroma: '422' },
        { accuracy: 'fast' },
        { format: 'bmp' },
      ]) {
        expect(await refused(template(wrong))).toMatchObject({
          status: 422,
          field: `settings.${Object.keys(wrong)[0]}`,
        })
      }
    }
    expect((await get('/v1/templates/sample-snapshot?type=preset')).body).toMatchObject({
      items: [{ settings: { quality: 85, chroma: '420', accuracy: 'exact' } }],
    })
  })

  it('lets each task say which frames it wants, and tells it again only then', async () => {
    const accurate = [
      ...tasks,
      { kind: 'imageSprites', definition: 10 },
      { kind: 'sampleSnapshot', definition: 10 },
    ].map((task) => ({ ...task, accuracy: 'keyframe' }))
    const asked = [...tasks, ...accurate]
    await post('/v1/procedures').send({ name: 'p', tasks: asked }).expect(201)
    const listed = z.object({ items: z.array(z.object({ tasks: z.array(z.unknown()) })) })
    expect(listed.parse((await get('/v1/procedures?type=custom')).body).items).toStrictEqual([{ tasks: asked }])
    const { runId } = accepted.parse((await createRun({ mediaId: media.id, procedure: 'p' })).body)
    const { tasks: told } = z.object({ tasks: z.array(z.unknown()) }).parse((await get(`/v1/runs/${runId}`)).body)
    expect(told).toHaveLength(asked.length)
    expect(told).toEqual(expect.arrayContaining(asked.map((task) => ({ ...task, ...untouchedTask }))))
    for (const [index, task] of accurate.entries()) {
      const wrong = accurate.with(index, { ...task, accuracy: 'fast' })
      const told = await refused(createRun({ mediaId: media.id, tasks: wrong }))
      expect(told).toMatchObject({ status: 422, code: 'request.invalidValue', field: `tasks.${index}.accuracy` })
    }
  })

  it('stores a procedure once, and lists it in the words that were asked', async () => {
    await post('/v1/procedures').send({ name: 'p', tasks }).expect(201)
    expect((await get('/v1/procedures?type=custom')).body).toMatchObject({
      totalCount: 1,
      items: [{ name: 'p', tasks }],
    })
    expect((await get('/v1/procedures?name=q')).body).toEqual({ totalCount: 0, items: [] })
    expect(await refused(post('/v1/procedures').send({ name: 'p', tasks }))).toMatchObject({
      status: 409,
      field: 'name',
    })
  })

  it('keeps how events go out, and lets them be pulled and confirmed', async () => {
    const config = { mode: 'push', url: 'https://example.com/hook' }
    const put = (body: object) => server().put('/v1/event-config').auth('id', 's:ecret').send(body)
    const fresh = { state: 'enabled', failuresInARow: 0 }
    const stored: unknown = (await put(config).expect(200)).body
    const secret: unknown = expect.stringMatching(/^whsec_.{44}$/)
    const told = { ...config, tellsUploads: false, tellsDeletions: false, endpoint: fresh }
    expect(stored).toEqual({ ...told, secret })
    expect((await get('/v1/event-config')).body).toEqual(stored)
    const own = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
    await put({ ...config, tellsUploads: true, secret: own }).expect(200)
    expect((await put(config)).body).toEqual({ ...told, secret: own })
    expect(await refused(put({ ...config, secret: 'short' }))).toMatchObject({ field: 'secret' })
    expect(await refused(put({ mode: 'push' }))).toMatchObject({ field: 'url' })
    await post('/v1/events/pull').send({ waitSeconds: 0 }).expect(200, { events: [] })
    const run = aRun(media)
    await unitOfWork.stores.runs.insert(run, [], new Date())
    const about = { subAppId: mainSubApp, dialect: '', subjectId: run.id, stateKey: 'finish' }
    const event = { ...about, id: newEventId(1), body: '{"EventType":"x"}', createdAt: new Date() }
    await unitOfWork.stores.events.insert([{ event, config: defaultEventConfig }])
    const pulled = await post('/v1/events/pull').send({ waitSeconds: 0 })
    const { events } = z
      .object({ events: z.array(z.object({ handle: z.string(), event: z.unknown() })) })
      .parse(pulled.body)
    expect(events).toMatchObject([{ event: { EventType: 'x' } }])
    const handles = events.map(({ handle }) => handle)
    await post('/v1/events/confirm').send({ handles }).expect(204)
    expect(await refused(post('/v1/events/confirm').send({ handles }))).toMatchObject({ status: 409, field: 'handles' })
  })
})

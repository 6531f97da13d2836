import { z } from 'zod'
import { type OpenRest, openRest } from './open-rest'

const run = z.looseObject({ runId: z.string(), tasks: z.array(z.record(z.string(), z.unknown())).optional() })
const problem = z.object({ status: z.number(), code: z.string(), field: z.string() })

describe('what /v1 can ask of pictures', () => {
  let rest: OpenRest

  beforeEach(async () => {
    rest = await openRest()
  })

  afterEach(() => rest.close())

  const get = (path: string) => rest.call('get', path)
  const post = (path: string, body: object) => rest.call('post', path, body)

  async function accepted(body: object): Promise<z.output<typeof run>> {
    const response = await post('/v1/runs', { mediaId: rest.media.id, ...body }).expect(202)
    const { runId } = run.parse(response.body)
    return run.parse((await get(`/v1/runs/${runId}`).expect(200)).body)
  }

  async function refused(body: object): Promise<z.output<typeof problem>> {
    const before = rest.unitOfWork.tables.rowCount
    const response = await post('/v1/runs', { mediaId: rest.media.id, ...body }).expect(422)
    expect(rest.unitOfWork.tables.rowCount).toBe(before)
    return problem.parse(JSON.parse(response.text))
  }

  it('is said by settings with a task as well as by a template', async () => {
    const sampling = { by: 'series', startMs: 500, count: 3, intervalMs: 2000 }
    const own = { kind: 'sampleSnapshot', settings: { widthPx: 320, sampling } }
    const { tasks: [task] = [] } = await accepted({ tasks: [own] })
    expect(task).toMatchObject({ ...own, settings: { widthPx: 320, sampling, format: 'jpg', quality: 85 } })
    expect(task).not.toHaveProperty('definition')
    await post('/v1/procedures', { name: 'own', comment: '', tasks: [own] }).expect(201)
    expect((await accepted({ procedure: 'own' })).tasks?.[0]).toEqual({
      ...task,
      taskId: expect.any(String) as unknown,
    })
    for (const recipe of [{ definition: 10 }, { settings: undefined }]) {
      expect(await refused({ tasks: [{ ...own, ...recipe }] })).toMatchObject({ field: 'tasks.0.definition' })
    }
  })

  it('gives back what was given along, whatever JSON it is', async () => {
    const tasks = [{ kind: 'sampleSnapshot', definition: 10 }]
    for (const userData of [{ order: 7, notes: ['\u0000', '中'] }, 'text', 0, null]) {
      expect(await accepted({ tasks, userData })).toMatchObject({ userData })
    }
    expect(await accepted({ tasks })).not.toHaveProperty('userData')
    expect(await refused({ tasks, userData: 'x'.repeat(8191) })).toMatchObject({ field: 'userData' })
  })

  it('names files as they are asked to be', async () => {
    const sampled = { kind: 'sampleSnapshot', definition: 10, fileName: 'shots/{index}.{format}' }
    const sprites = { kind: 'imageSprites', definition: 10, fileName: 's-{index}.jpg', cellFileName: 'c/{index}' }
    expect((await accepted({ tasks: [sampled, sprites] })).tasks).toMatchObject([sampled, sprites])
    const vtt = { ...sprites, vttFileName: 'thumbs/cues.vtt' }
    expect((await accepted({ tasks: [vtt] })).tasks).toMatchObject([vtt])
    const outside = { ...sampled, fileName: '../{index}' }
    expect(await refused({ tasks: [outside] })).toMatchObject({ field: 'tasks.0.fileName' })
  })

  it('leaves files in a bucket, all of which have names', async () => {
    const place = { bucket: 'thumbs' }
    const sampled = { kind: 'sampleSnapshot', definition: 10, ...place, fileName: 'a/{index}' }
    const sprites = { kind: 'imageSprites', definition: 10, ...place, fileName: 's', vttFileName: 'a.vtt' }
    expect((await accepted({ tasks: [sampled, sprites] })).tasks).toMatchObject([sampled, sprites])
    for (const [task, field] of [
      [{ ...sampled, fileName: undefined }, 'fileName'],
      [{ ...sprites, vttFileName: undefined }, 'vttFileName'],
      [{ ...sprites, fileName: undefined }, 'vttFileName'],
      [{ ...sampled, bucket: '../x' }, 'bucket'],
    ] as const) {
      expect(await refused({ tasks: [task] })).toMatchObject({ field: `tasks.0.${field}` })
    }
  })

  it('takes a file of a bucket in place of a media', async () => {
    const tasks = [{ kind: 'coverBySnapshot', definition: 10, position: 0 }]
    const object = { bucket: 'films', name: 'in/a.mp4' }
    await rest.call('post', '/v1/runs', { object, tasks }).expect(202)
    for (const [wrong, field] of [
      [{ ...object, name: '../a.mp4' }, 'object.name'],
      [{ ...object, bucket: 'F' }, 'object.bucket'],
    ] as const) {
      const response = await rest.call('post', '/v1/runs', { object: wrong, tasks }).expect(422)
      expect(problem.parse(JSON.parse(response.text))).toMatchObject({ field })
    }
    expect(await refused({ object, tasks })).toMatchObject({ code: 'request.invalidParameter' })
  })

  it.each([
    ['count', { by: 'series', startMs: 0 }],
    ['startMs', { by: 'series', startMs: -1, count: 2 }],
    ['intervalMs', { by: 'series', intervalMs: 0 }],
  ])('refuses a series for its %s', async (field, sampling) => {
    const tasks = [{ kind: 'sampleSnapshot', settings: { sampling } }]
    expect(await refused({ tasks })).toMatchObject({ field: `tasks.0.settings.sampling.${field}` })
  })
})

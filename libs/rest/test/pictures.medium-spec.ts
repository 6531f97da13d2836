import { mainSubApp } from '@libs/kernel'
import { CreateTemplate } from '@libs/workflow'
import { z } from 'zod'
import { sheetSettings } from '../src/templates/template-bodies'
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

  const sampling = { by: 'series', startMs: 0, count: 4 }
  const accuracy = 'nearestKeyframe'

  /** @returns what the task of a run was frozen with */
  async function frozen(task: object) {
    const { runId } = await accepted({ tasks: [task] })
    const found = [...rest.unitOfWork.tables.tasks.values()].find(({ task }) => task.runId === runId)
    return { settings: found?.task.settings, request: found?.task.request }
  }

  /** The templates of that kind that are no presets. */
  async function madeBy(kind: string) {
    const page = z.object({ items: z.array(z.looseObject({ settings: z.unknown() })) })
    return page.parse((await get(`/v1/templates/${kind}?type=custom`).expect(200)).body).items
  }

  it.each([
    [{ paddingPx: 4, marginPx: 6, background: '#ff6347' }],
    [{ delivery: 'sheets' }],
    [{ delivery: 'cells' }],
    [{ delivery: 'both', accuracy }],
    [{ rows: 10_000, columns: 1_875, widthPx: 8, heightPx: 0 }],
  ])('lays cells out and delivers them as %j says, with a task, a template and over one', async (layout) => {
    const settings = { sampling, rows: 2, columns: 3, ...layout }
    expect(await frozen({ kind: 'imageSprites', settings })).toMatchObject({ settings })
    expect(await frozen({ kind: 'imageSprites', definition: 10, overrides: settings })).toMatchObject({ settings })
    await post('/v1/templates/image-sprite', { settings }).expect(201)
    expect(await madeBy('image-sprite')).toMatchObject([{ settings }])
  })

  it.each([
    ['paddingPx', 1001],
    ['paddingPx', -1],
    ['marginPx', 1001],
    ['background', 'tomato'],
    ['delivery', 'files'],
    ['rows', 10_001],
    ['columns', 0],
    ['widthPx', 7],
    ['heightPx', 4097],
  ])('refuses a sprite for %s: %j', async (field, value) => {
    const settings = { sampling, rows: 2, columns: 3, [field]: value }
    const refusal = await refused({ tasks: [{ kind: 'imageSprites', settings }] })
    expect(refusal).toMatchObject({ field: `tasks.0.settings.${field}` })
  })

  it('lists what a vendor’s client made as its own schema has it', async () => {
    const picture = { format: 'jpg', fill: 'stretch', resolutionAdaptive: false, quality: 85, chroma: '420' } as const
    const sheet = { rows: 10_000, columns: 1_000, paddingPx: 1000, marginPx: 1000, background: '#ff6347' }
    const settings = { ...picture, ...sheet, widthPx: 8, heightPx: 0, accuracy, delivery: 'both' } as const
    const own = { ...settings, sampling: { by: 'series', startMs: 0, count: 4 } } as const
    const written = { dialect: 'aliyun-vod', text: '{}' }
    const template = { template: 'imageSprite', name: '', comment: '', settings: own, written } as const
    await rest.get(CreateTemplate).execute(mainSubApp, template)
    const [listed] = await madeBy('image-sprite')
    expect(sheetSettings.parse(listed?.settings)).toEqual(own)
    expect(listed).not.toHaveProperty('written')
  })

  it.each([
    [{ kind: 'sampleSnapshot', settings: { sampling, accuracy } }, { settings: { accuracy } }],
    [{ kind: 'sampleSnapshot', definition: 10, accuracy }, { request: { accuracy } }],
    [{ kind: 'sampleSnapshot', definition: 10, overrides: { accuracy } }, { settings: { accuracy } }],
    [{ kind: 'imageSprites', definition: 10, accuracy }, { request: { accuracy } }],
    [{ kind: 'snapshotByTimeOffset', definition: 10, offsets: [0], accuracy }, { request: { accuracy } }],
    [{ kind: 'coverBySnapshot', definition: 10, position: 0, accuracy }, { request: { accuracy } }],
  ])('takes the nearest keyframes for %j', async (task, kept) => {
    expect(await frozen(task)).toMatchObject(kept)
  })

  it('keeps openings from being black where settings and templates say so', async () => {
    const [given, whole] = [{ sharePercent: 80 }, { sharePercent: 80, belowLevel: 32 }]
    for (const task of [
      { kind: 'sampleSnapshot', settings: { sampling, avoidBlack: given } },
      { kind: 'snapshotByTimeOffset', settings: { avoidBlack: given }, offsets: [0] },
      { kind: 'coverBySnapshot', settings: { avoidBlack: given }, position: 0 },
    ]) {
      expect(await frozen(task)).toMatchObject({ settings: { avoidBlack: whole } })
    }
    await post('/v1/templates/sample-snapshot', { settings: { sampling, avoidBlack: given } }).expect(201)
    expect(await madeBy('sample-snapshot')).toMatchObject([{ settings: { avoidBlack: whole } }])
    for (const [field, avoidBlack] of Object.entries({
      sharePercent: { sharePercent: 101 },
      belowLevel: { belowLevel: 0 },
    })) {
      const tasks = [{ kind: 'sampleSnapshot', settings: { sampling, avoidBlack } }]
      expect(await refused({ tasks })).toMatchObject({ field: `tasks.0.settings.avoidBlack.${field}` })
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

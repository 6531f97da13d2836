import { aRun, aTask } from '@libs/testing'
import { z } from 'zod'
import { type AliyunCaller, aliyunCallers } from '../../../test/aliyun/callers'
import { type DialectsDoor, mainKey, openDialects } from './open-dialects'

const pipeline = z.object({ Pipeline: z.looseObject({ PipelineId: z.string().regex(/^[0-9a-f]{32}$/) }) })
const time: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
const times = { CreateTime: time, ModifiedTime: time }
const made = { CustomTemplate: { TemplateId: '' } }

describe.each(Object.entries(aliyunCallers))('pipelines of Alibaba IMS, called by %s', (_name, make) => {
  let door: DialectsDoor
  let caller: AliyunCaller

  beforeEach(async () => {
    door = await openDialects()
    caller = make({ url: `http://127.0.0.1:${door.port}`, accessKey: mainKey }, '2020-11-09')
  })

  afterEach(() => door.close())

  const create = async (parameters: object = {}) =>
    pipeline.parse(await caller.call('CreatePipeline', { Name: 'slow', Speed: 'Standard', ...parameters })).Pipeline
  const queueOf = (id: string) => door.unitOfWork.stores.queues.find(mainKey.subAppId, id)

  it('are named queues: made, changed, paused, listed and deleted', async () => {
    const { PipelineId, ...facts } = await create()
    expect(facts).toEqual({ Name: 'slow', Speed: 'Standard', Priority: 6, Status: 'Active', ...times })
    expect(await queueOf(PipelineId)).toMatchObject({ comment: 'slow', limit: null, priority: 0, paused: false })
    const changed = await caller.call('UpdatePipeline', { PipelineId, Name: 'slower', Priority: 1, Status: 'Paused' })
    expect(changed).toMatchObject({ Success: true })
    expect(await queueOf(PipelineId)).toMatchObject({ comment: 'slower', priority: -5, paused: true })
    await caller.call('UpdatePipeline', { PipelineId, Status: 'Active' })
    const told = { PipelineId, Name: 'slower', Speed: 'Standard', Priority: 1, Status: 'Active', ...times }
    expect(await caller.call('GetPipeline', { PipelineId })).toMatchObject({ Pipeline: told })
    expect(await caller.call('ListPipelines', {})).toMatchObject({ PipelineList: [told] })
    expect(await caller.call('ListPipelines', { Speed: 'Boost' })).toMatchObject({ PipelineList: [] })
    expect(await caller.call('DeletePipeline', { PipelineId })).toMatchObject({ Success: true })
    expect(await caller.call('ListPipelines', { Speed: 'Standard' })).toMatchObject({ PipelineList: [] })
  })

  it('tell of queues that were made elsewhere', async () => {
    const at = new Date()
    const queue = { name: 'q', comment: '', limit: 3, priority: 10, paused: true, createdAt: at, updatedAt: at }
    await door.unitOfWork.stores.queues.insert(mainKey.subAppId, queue)
    const told = { PipelineId: 'q', Name: 'q', Priority: 10, Status: 'Paused' }
    expect(await caller.call('GetPipeline', { PipelineId: 'q' })).toMatchObject({ Pipeline: told })
  })

  it('are refused by the parameter that is wrong', async () => {
    const refused = (action: string, parameters: object, message: string, code: RegExp) =>
      expect(caller.call(action, parameters)).rejects.toMatchObject({
        code: expect.stringMatching(code) as string,
        message: expect.stringContaining(message) as string,
      })
    await refused('CreatePipeline', { Speed: 'Standard' }, 'Name', /^MissingName$/)
    await refused('CreatePipeline', { Name: 'n', Speed: 'Boost' }, 'Speed: Only Standard', /^InvalidParameter$/)
    await refused('CreatePipeline', { Name: 'n', Speed: 'Standard', Priority: 11 }, 'Priority', /^InvalidParameter$/)
    for (const action of ['GetPipeline', 'UpdatePipeline', 'DeletePipeline']) {
      await refused(action, { PipelineId: 'none' }, 'PipelineId: There is no queue', /^NoSuchResource$/)
    }
    const { PipelineId } = await create()
    const run = aRun(door.media, { queue: PipelineId })
    await door.unitOfWork.stores.runs.insert(run, [aTask(run, 'sampleSnapshot')], new Date())
    await refused('DeletePipeline', { PipelineId }, 'PipelineId: The queue', /^OperationDenied$/)
  })

  it('take jobs, which tell of theirs; without one a job is in none', async () => {
    const { PipelineId } = await create()
    const TemplateConfig = JSON.stringify({ Type: 'Normal', Time: 0, Count: 1 })
    const answer = await caller.call('CreateCustomTemplate', { Name: 't', Type: 2, TemplateConfig })
    const { TemplateId } = { ...made, ...(answer as typeof made) }.CustomTemplate
    const place = { Type: 'Media', Media: door.media.id }
    const submit = async (ScheduleConfig?: object) => {
      const order = { Input: place, Output: place, TemplateConfig: { TemplateId }, ScheduleConfig }
      const { JobId } = z.object({ JobId: z.string() }).parse(await caller.call('SubmitSnapshotJob', order))
      const job = await caller.call('GetSnapshotJob', { JobId })
      const { queue } = [...door.unitOfWork.tables.runs.values()].find(({ id }) => id === JobId) ?? {}
      return { queue, job }
    }
    const queued = await submit({ PipelineId })
    expect(queued).toMatchObject({ queue: PipelineId, job: { SnapshotJob: { PipelineId } } })
    expect((await submit({ PipelineId: '' })).queue).toBeUndefined()
    expect((await submit()).queue).toBeUndefined()
    await expect(submit({ PipelineId: 'none' })).rejects.toMatchObject({ code: 'NoSuchResource' })
  })
})

import { newRunId } from '@libs/kernel'
import { aRun, anOutput, aTask } from '@libs/testing'
import type { Run, TaskFacts } from '@libs/workflow'
import { z } from 'zod'
import { type AliyunCaller, currentAliyun } from '../../../test/aliyun/callers'
import { type DialectsDoor, mainKey, openDialects } from './open-dialects'

const created = z.object({ CustomTemplate: z.object({ TemplateId: z.string() }) })
const listed = z.object({
  Jobs: z.array(z.object({ JobId: z.string() })),
  NextPageToken: z.string().optional(),
})
const templates = z.object({ Total: z.int(), CustomTemplateList: z.array(z.object({ TemplateName: z.string() })) })
const hour = (at: number) => new Date(`2026-01-02T${at}:00:00.600Z`)

describe('Alibaba IMS', () => {
  let door: DialectsDoor
  let caller: AliyunCaller

  beforeEach(async () => {
    door = await openDialects()
    caller = currentAliyun({ url: `http://127.0.0.1:${door.port}`, accessKey: mainKey }, '2020-11-09')
  })

  afterEach(() => door.close())

  /** A job of that hour with three stills, as far as it has come. */
  async function aJob(at: number, facts: Partial<Run> = {}, of: Partial<TaskFacts> = {}): Promise<string> {
    const createdAt = hour(at)
    const run = aRun(door.media, { id: newRunId(createdAt.getTime()), createdAt, dialect: 'aliyun-ims', ...facts })
    const [still] = anOutput.sampleSnapshot.stills
    const stills = [1, 2, 3].map((name) => ({ ...still, artifact: { key: `${at}/${name}.jpg`, sizeBytes: 1 } }))
    const task = { ...aTask(run, 'sampleSnapshot', of), ...(of.state === 'succeeded' && { output: { stills } }) }
    await door.unitOfWork.stores.runs.insert(run, [task as ReturnType<typeof aTask>], undefined)
    return run.id
  }

  const ended = (at: number) => ({ state: 'finished', finishedAt: new Date(hour(at).getTime() + 5_000) }) as const
  const fault = { code: 'media.notMedia', detail: 'This is no video.' } as const

  async function aTemplate(Name: string, config: object): Promise<string> {
    const TemplateConfig = JSON.stringify(config)
    const answer = await caller.call('CreateCustomTemplate', { Name, Type: 2, TemplateConfig })
    return created.parse(answer).CustomTemplate.TemplateId
  }

  it('lists jobs by their status and the time they were asked for, either end first', async () => {
    const names = new Map([
      [await aJob(10, ended(10), { state: 'succeeded' }), 'done'],
      [await aJob(11, ended(11), { state: 'failed', fault }), 'failed'],
      [await aJob(12), 'waiting'],
    ])
    const list = async (asked: object) => {
      const { Jobs, NextPageToken } = listed.parse(await caller.call('ListSnapshotJobs', asked))
      return { jobs: Jobs.map(({ JobId }) => names.get(JobId)), NextPageToken }
    }
    const [all, Asc] = [['waiting', 'failed', 'done'], { OrderBy: 'CreateTimeAsc' }]
    const [StartOfCreateTime, EndOfCreateTime] = ['2026-01-02T11:00:00Z', '2026-01-02T12:00:00Z']
    for (const [asked, jobs] of [
      [{}, all],
      [{ OrderBy: 'CreateTimeDesc' }, all],
      [Asc, all.toReversed()],
      [{ StartOfCreateTime }, ['waiting', 'failed']],
      [{ EndOfCreateTime }, ['failed', 'done']],
      [{ StartOfCreateTime, EndOfCreateTime }, ['failed']],
      [{ Status: 'Init' }, ['waiting']],
      [{ Status: 'Success' }, ['done']],
      [{ Status: 'Fail', ...Asc }, ['failed']],
      [{ JobId: 'none' }, []],
    ] as const) {
      expect([asked, (await list(asked)).jobs]).toEqual([asked, jobs])
    }
    const { jobs, NextPageToken } = await list({ ...Asc, PageSize: 2 })
    expect(jobs).toEqual(['done', 'failed'])
    expect(await list({ ...Asc, PageSize: 2, NextPageToken })).toEqual({ jobs: ['waiting'], NextPageToken: undefined })
    await expect(list({ StartOfCreateTime: 'yesterday' })).rejects.toMatchObject({ code: 'InvalidParameter' })
  })

  it('tells of a job with its config, its user data and its times', async () => {
    const place = { Type: 'Media', Media: door.media.id }
    const written = JSON.stringify({ Name: 'n', Input: place, Output: place, TemplateId: 't' })
    const JobId = await aJob(10, { ...ended(10), written, sessionContext: '{"a":"订单"}' }, { state: 'succeeded' })
    const answer = z.object({ SnapshotJob: z.looseObject({ TemplateConfig: z.string() }) })
    const { SnapshotJob } = answer.parse(await caller.call('GetSnapshotJob', { JobId }))
    const { TemplateConfig, ...job } = SnapshotJob
    expect(JSON.parse(TemplateConfig)).toEqual({ Type: 'Normal', FrameType: 'normal', Time: 0, Count: 10, Interval: 0 })
    const at = '2026-01-02T10:00:00Z'
    expect(job).toEqual({
      ...{ JobId, Name: 'n', Status: 'Success', Type: 'Normal', TemplateId: 't', Async: true, Count: 3 },
      ...{ Input: place, Output: place, TriggerSource: 'API', UserData: '{"a":"订单"}' },
      ...{ CreateTime: at, SubmitTime: at, ModifiedTime: '2026-01-02T10:00:05Z', FinishTime: '2026-01-02T10:00:05Z' },
    })
    const failed = await aJob(11, ended(11), { state: 'failed', fault })
    const words = { Status: 'Fail', Code: 'InvalidParameter.ResourceContentBad', Message: fault.detail, Count: 0 }
    expect(await caller.call('GetSnapshotJob', { JobId: failed })).toMatchObject({ SnapshotJob: words })
  })

  it.each([
    [{}, [1, 2, 3]],
    [{ OrderBy: 'Desc' }, [3, 2, 1]],
    [{ PageSize: 2 }, [1, 2]],
    [{ PageSize: 2, PageNumber: 2 }, [3]],
    [{ OrderBy: 'Desc', PageSize: 1, PageNumber: 3 }, [1]],
    [{ PageNumber: 2 }, []],
  ])('GetSnapshotUrls of %j lists the pictures %j', async (asked, names) => {
    const JobId = await aJob(10, ended(10), { state: 'succeeded' })
    expect(await caller.call('GetSnapshotUrls', { JobId, ...asked })).toMatchObject({
      Total: 3,
      SnapshotUrls: names.map((name) => `http://files.example.com/10/${name}.jpg`),
    })
  })

  it.each([
    ['GetSnapshotUrls', { PageSize: 31 }],
    ['GetSnapshotUrls', { Timeout: 129_601 }],
    ['GetSnapshotUrls', { Timeout: 0 }],
    ['GetSnapshotUrls', { OrderBy: 'asc' }],
    ['ListSnapshotJobs', { PageSize: 101 }],
    ['ListSnapshotJobs', { OrderBy: 'Asc' }],
    ['ListCustomTemplates', { Type: 2, PageSize: 101 }],
    ['ListCustomTemplates', { Type: 2, OrderBy: 'Asc' }],
    ['ListCustomTemplates', { Type: 2, Subtype: 4 }],
    ['ListCustomTemplates', { Type: 1 }],
  ])('refuses %s of %j', async (action, asked) => {
    const JobId = await aJob(10)
    await expect(caller.call(action, { JobId, ...asked })).rejects.toMatchObject({ code: 'InvalidParameter' })
  })

  it('lists templates in either order, page by page, by type, name and id', async () => {
    await aTemplate('a', { Type: 'Normal', Time: 0, Count: 1 })
    const TemplateId = await aTemplate('b', { Type: 'Sprite', Time: 0, Count: 9 })
    await aTemplate('ab', { Type: 'WebVtt', Time: 0, Count: 9 })
    for (const [asked, Total, names] of [
      [{}, 3, ['ab', 'b', 'a']],
      [{ OrderBy: 'CreationTime:Desc' }, 3, ['ab', 'b', 'a']],
      [{ OrderBy: 'CreationTime:Asc' }, 3, ['a', 'b', 'ab']],
      [{ OrderBy: 'CreateTimeAsc' }, 3, ['a', 'b', 'ab']],
      [{ PageSize: 2 }, 3, ['ab', 'b']],
      [{ PageSize: 2, PageNumber: 2 }, 3, ['a']],
      [{ Subtype: '3' }, 1, ['ab']],
      [{ Name: 'a' }, 2, ['ab', 'a']],
      [{ TemplateId }, 1, ['b']],
      [{ TemplateId: 'none' }, 0, []],
    ] as const) {
      const found = templates.parse(await caller.call('ListCustomTemplates', { Type: '2', ...asked }))
      const told = found.CustomTemplateList.map(({ TemplateName }) => TemplateName)
      expect([asked, found.Total, told]).toEqual([asked, Total, names])
    }
  })

  it('gives a template another config, of the type that it has', async () => {
    const TemplateId = await aTemplate('t', { Type: 'Sprite', Time: 0, Count: 9 })
    const TemplateConfig = '{"Time":500, "Count":"4"}'
    expect(await caller.call('UpdateCustomTemplate', { TemplateId, TemplateConfig })).toMatchObject({ Success: true })
    const told = { TemplateName: 't', Subtype: 2, SubtypeName: 'Sprite', TemplateConfig }
    expect(await caller.call('GetCustomTemplate', { TemplateId })).toMatchObject({ CustomTemplate: told })
    for (const Type of ['Normal', 'WebVtt']) {
      const config = JSON.stringify({ Type, Time: 0, Count: 2 })
      const call = caller.call('UpdateCustomTemplate', { TemplateId, TemplateConfig: config })
      await expect(call).rejects.toMatchObject({
        code: 'InvalidParameter',
        message: expect.stringContaining('TemplateConfig.Type') as string,
      })
    }
    expect(await caller.call('GetCustomTemplate', { TemplateId })).toMatchObject({ CustomTemplate: told })
    const place = { Type: 'Media', Media: door.media.id }
    const order = { Input: place, Output: place, TemplateConfig: { TemplateId } }
    await caller.call('SubmitSnapshotJob', order)
    const [{ task } = { task: undefined }] = door.unitOfWork.tables.tasks.values()
    expect(task).toMatchObject({ kind: 'imageSprites', settings: { sampling: { startMs: 500, count: 4 } } })
  })
})

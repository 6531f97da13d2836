import { answerOf } from '@libs/client'
import { dialects } from '@libs/dialects'
import { makeLumaClock } from '@libs/testing'
import { join } from 'node:path'
import sharp from 'sharp'
import { vod } from 'tencentcloud-sdk-nodejs-vod'
import { z } from 'zod'
import { type AliyunCaller, currentAliyun } from '../aliyun/callers'
import { RestClient } from './product/rest-client'
import { startTestProduct, stopTestProducts, type TestProduct, type VendorClient } from './product/test-product'
import { waitFor } from './product/wait-for'

const { actions } = dialects['tencent-vod']
const pulled = z.object({ EventSet: z.array(z.object({ EventHandle: z.string() })) })

/** What the owner has, which the other sub-application tries to get at. */
interface Belongings {
  readonly FileId: string
  readonly TaskId: string
  /** As REST knows one of its tasks. */
  readonly pictureTask: string
  readonly webhookId: string
  readonly VodSessionKey: string
  readonly EventHandle: string
  readonly snapshots: number
  readonly samples: number
  readonly sprites: number
  readonly watermark: number
  /** Of Alibaba's snapshots. */
  readonly vodTemplate: string
  readonly pipeline: string
}

const madePipeline = z.object({ Pipeline: z.object({ PipelineId: z.string() }) })
const madeTemplate = z.object({ CustomTemplate: z.object({ TemplateId: z.string() }) })

const Name = 'theirs'
const sampling = { SampleType: 'Time', SampleInterval: 1 }
const sheet = { ...sampling, RowCount: 1, ColumnCount: 1 }
const notThere = 'ResourceNotFound.TemplateNotExist'

/** An attempt with the answer that it has to get: a code, or members that hold nothing of the owner's. */
type Attempt = readonly [parameters: (theirs: Belongings) => object, outcome: string | object]

const ofTemplate = (key: 'snapshots' | 'samples' | 'sprites' | 'watermark') => (theirs: Belongings) => ({
  Definition: theirs[key],
})
const ofTemplates = (key: 'snapshots' | 'samples' | 'sprites' | 'watermark') => (theirs: Belongings) => ({
  Definitions: [theirs[key]],
})
const withSprite = ({ FileId, sprites }: Belongings) => ({
  FileId,
  MediaProcessTask: { ImageSpriteTaskSet: [{ Definition: sprites }] },
})

/** Every action; one that is added has to be tried here. Those that only make something new in the caller's own are `own`. */
const attempts: Readonly<Record<string, Attempt | 'own'>> = {
  ProcessMedia: [withSprite, 'InvalidParameterValue.FileId'],
  ProcessMediaByProcedure: [({ FileId }) => ({ FileId, ProcedureName: Name }), 'InvalidParameterValue.ProcedureName'],
  PullUpload: [
    () => ({ MediaUrl: 'http://127.0.0.1:9/a.mp4', Procedure: Name }),
    'InvalidParameterValue.ProcedureName',
  ],
  ApplyUpload: [() => ({ MediaType: 'mp4', Procedure: Name }), 'InvalidParameterValue.ProcedureName'],
  CommitUpload: [({ VodSessionKey }) => ({ VodSessionKey }), 'InvalidParameterValue.VodSessionKey'],
  DescribeTaskDetail: [({ TaskId }) => ({ TaskId }), 'InvalidParameterValue.TaskId'],
  DescribeTasks: [({ FileId }) => ({ FileId }), { TaskSet: [] }],
  ManageTask: [({ TaskId }) => ({ TaskId, OperationType: 'Abort' }), 'InvalidParameterValue.TaskId'],
  DescribeMediaInfos: [({ FileId }) => ({ FileIds: [FileId] }), { MediaInfoSet: [] }],
  ModifyMediaInfo: [({ FileId }) => ({ FileId, Name: 'ours' }), 'ResourceNotFound.FileNotExist'],
  DeleteMedia: [({ FileId }) => ({ FileId }), 'ResourceNotFound'],
  SearchMedia: [() => ({}), { TotalCount: 0, MediaInfoSet: [] }],
  CreateProcedureTemplate: [
    ({ sprites }) => ({ Name: 'ours', MediaProcessTask: { ImageSpriteTaskSet: [{ Definition: sprites }] } }),
    notThere,
  ],
  ResetProcedureTemplate: [
    () => ({ Name, MediaProcessTask: { ImageSpriteTaskSet: [{ Definition: 10 }] } }),
    'InvalidParameter.ProcedureNameNotExist',
  ],
  DeleteProcedureTemplate: [() => ({ Name }), 'InvalidParameter.ProcedureNameNotExist'],
  DescribeProcedureTemplates: [() => ({ Names: [Name] }), { TotalCount: 0 }],
  CreateSnapshotByTimeOffsetTemplate: 'own',
  ModifySnapshotByTimeOffsetTemplate: [ofTemplate('snapshots'), notThere],
  DeleteSnapshotByTimeOffsetTemplate: [ofTemplate('snapshots'), notThere],
  DescribeSnapshotByTimeOffsetTemplates: [ofTemplates('snapshots'), { TotalCount: 0 }],
  CreateSampleSnapshotTemplate: 'own',
  ModifySampleSnapshotTemplate: [ofTemplate('samples'), notThere],
  DeleteSampleSnapshotTemplate: [ofTemplate('samples'), notThere],
  DescribeSampleSnapshotTemplates: [ofTemplates('samples'), { TotalCount: 0 }],
  CreateImageSpriteTemplate: 'own',
  ModifyImageSpriteTemplate: [ofTemplate('sprites'), notThere],
  DeleteImageSpriteTemplate: [ofTemplate('sprites'), notThere],
  DescribeImageSpriteTemplates: [ofTemplates('sprites'), { TotalCount: 0 }],
  CreateWatermarkTemplate: 'own',
  ModifyWatermarkTemplate: [ofTemplate('watermark'), notThere],
  DeleteWatermarkTemplate: [ofTemplate('watermark'), notThere],
  DescribeWatermarkTemplates: [ofTemplates('watermark'), { TotalCount: 0 }],
  ModifyEventConfig: 'own',
  DescribeEventConfig: [() => ({}), { Mode: 'PULL', NotificationUrl: '' }],
  DescribeEventsState: [() => ({}), { CountOfEventsToPull: 0 }],
  PullEvents: [() => ({}), 'ResourceNotFound'],
  ConfirmEvents: [({ EventHandle }) => ({ EventHandles: [EventHandle] }), 'InvalidParameterValue'],
  CreateSubAppId: [() => ({ Name: 'ours' }), 'UnauthorizedOperation'],
  DescribeSubAppIds: [() => ({ Name }), { TotalCount: 0 }],
  ModifySubAppIdInfo: [() => ({ SubAppId: 1_500_000_001, Name: 'ours' }), 'UnauthorizedOperation'],
  ModifySubAppIdStatus: [() => ({ SubAppId: 1_500_000_001, Status: 'Off' }), 'UnauthorizedOperation'],
}

/** The same for Alibaba VOD. */
const aliyunAttempts: Readonly<Record<string, Attempt | 'own'>> = {
  SubmitSnapshotJob: [({ FileId }) => ({ VideoId: FileId, Count: 1 }), 'InvalidVideo.NotFound'],
  ListSnapshots: [({ FileId }) => ({ VideoId: FileId }), 'InvalidVideo.NotFound'],
  GetJobDetail: [({ TaskId }) => ({ JobId: runIdOf(TaskId), JobType: 'snapshot' }), 'NoSuchResource'],
  ListJobInfo: [({ FileId }) => ({ MediaId: FileId, JobType: 'snapshot' }), 'InvalidVideo.NotFound'],
  AddVodTemplate: 'own',
  UpdateVodTemplate: [({ vodTemplate }) => ({ VodTemplateId: vodTemplate, Name: 'ours' }), 'NoSuchResource'],
  GetVodTemplate: [({ vodTemplate }) => ({ VodTemplateId: vodTemplate }), 'NoSuchResource'],
  ListVodTemplate: [() => ({ TemplateType: 'Snapshot' }), { VodTemplateInfoList: [] }],
  DeleteVodTemplate: [({ vodTemplate }) => ({ VodTemplateId: vodTemplate }), 'NoSuchResource'],
}

const imsAttempts: Readonly<Record<string, Attempt | 'own'>> = {
  SubmitSnapshotJob: [
    ({ FileId, vodTemplate }) => ({
      Input: { Type: 'Media', Media: FileId },
      Output: { Type: 'Media', Media: FileId },
      TemplateConfig: { TemplateId: vodTemplate },
    }),
    'NoSuchResource',
  ],
  GetSnapshotJob: [({ TaskId }) => ({ JobId: runIdOf(TaskId) }), 'NoSuchResource'],
  GetSnapshotUrls: [({ TaskId }) => ({ JobId: runIdOf(TaskId) }), 'NoSuchResource'],
  ListSnapshotJobs: [() => ({}), { Jobs: [] }],
  CreateCustomTemplate: 'own',
  UpdateCustomTemplate: [({ vodTemplate }) => ({ TemplateId: vodTemplate, Name: 'ours' }), 'NoSuchResource'],
  GetCustomTemplate: [({ vodTemplate }) => ({ TemplateId: vodTemplate }), 'NoSuchResource'],
  ListCustomTemplates: [() => ({ Type: 2 }), { Total: 0, CustomTemplateList: [] }],
  DeleteCustomTemplate: [({ vodTemplate }) => ({ TemplateId: vodTemplate }), 'NoSuchResource'],
  CreatePipeline: 'own',
  UpdatePipeline: [({ pipeline }) => ({ PipelineId: pipeline, Name: 'ours' }), 'NoSuchResource'],
  GetPipeline: [({ pipeline }) => ({ PipelineId: pipeline }), 'NoSuchResource'],
  ListPipelines: [() => ({}), { PipelineList: [] }],
  DeletePipeline: [({ pipeline }) => ({ PipelineId: pipeline }), 'NoSuchResource'],
}

describe('across the border between sub-applications', () => {
  let product: TestProduct
  let theirs: Belongings
  let thief: VendorClient
  let thiefsRest: RestClient
  let thiefsAliyun: AliyunCaller
  let thiefsIms: AliyunCaller

  beforeAll(async () => {
    product = await startTestProduct({ backend: 'postgres' })
    const owner = await inSubApp(Name)
    const other = await inSubApp('others')
    ;[thief, thiefsRest, thiefsAliyun, thiefsIms] = [other.client, other.rest, other.aliyun, other.ims]
    theirs = await belongingsOf(owner)
  })

  afterAll(stopTestProducts)

  async function inSubApp(name: string) {
    const { api } = product.rest
    const { id } = await answerOf(api.POST('/v1/sub-apps', { body: { name } }))
    const header = { 'Stillflow-Sub-App': id }
    const credential = await answerOf(api.POST('/v1/access-keys', { params: { header } }))
    const httpProfile = { endpoint: new URL(product.url).host, protocol: 'http://' }
    const client = new vod.v20180717.Client({ credential, region: 'ap-guangzhou', profile: { httpProfile } })
    const door = { url: product.url, accessKey: credential }
    return {
      client,
      rest: new RestClient(door),
      aliyun: currentAliyun(door, '2017-03-21'),
      ims: currentAliyun(door, '2020-11-09'),
    }
  }

  async function belongingsOf({
    client,
    rest,
    aliyun,
    ims,
  }: Awaited<ReturnType<typeof inSubApp>>): Promise<Belongings> {
    const clip = join(product.folder, 'clock.mp4')
    await makeLumaClock({ path: clip, seconds: 2 })
    const FileId = (await rest.upload(clip)).mediaId
    const { Definition: snapshots = 0 } = await client.CreateSnapshotByTimeOffsetTemplate({ Name })
    const { Definition: samples = 0 } = await client.CreateSampleSnapshotTemplate({ Name, ...sampling })
    const { Definition: sprites = 0 } = await client.CreateImageSpriteTemplate({ Name, ...sheet })
    const logo = await sharp({ create: { width: 16, height: 16, channels: 3, background: '#f00' } })
      .png()
      .toBuffer()
    const image = { Type: 'image', Name, ImageTemplate: { ImageContent: logo.toString('base64') } }
    const { Definition: watermark = 0 } = await client.CreateWatermarkTemplate(image)
    const MediaProcessTask = { ImageSpriteTaskSet: [{ Definition: sprites }] }
    await client.CreateProcedureTemplate({ Name, MediaProcessTask })
    await answerOf(rest.api.POST('/v1/queues', { body: { name: Name } }))
    const hook = { url: 'http://127.0.0.1:9/', types: ['mediaDeleted' as const] }
    const { webhookId } = await answerOf(rest.api.POST('/v1/webhooks', { body: hook }))
    const { TaskId = '' } = await client.ProcessMedia({ FileId, MediaProcessTask })
    const { EventSet } = await waitFor('An event', 20_000, () =>
      client.PullEvents({}).then(pulled.parse, () => undefined),
    )
    const { VodSessionKey = '' } = await client.ApplyUpload({ MediaType: 'mp4' })
    const EventHandle = EventSet[0]?.EventHandle ?? ''
    const SnapshotConfig = { FrameType: 'normal', Count: 1, Interval: 1 }
    const TemplateConfig = JSON.stringify({ SnapshotType: 'NormalSnapshot', SnapshotConfig })
    const added = await aliyun.call('AddVodTemplate', { Name, TemplateType: 'Snapshot', TemplateConfig })
    const { VodTemplateId: vodTemplate } = z.object({ VodTemplateId: z.string() }).parse(added)
    const createdPipeline = await ims.call('CreatePipeline', { Name, Speed: 'Standard' })
    const { PipelineId: pipeline } = madePipeline.parse(createdPipeline).Pipeline
    const query = { runId: runIdOf(TaskId) }
    const { items } = await answerOf(rest.api.GET('/v1/tasks', { params: { query } }))
    const pictureTask = items[0]?.taskId ?? ''
    return {
      FileId,
      TaskId,
      pictureTask,
      webhookId,
      VodSessionKey,
      EventHandle,
      snapshots,
      samples,
      sprites,
      watermark,
      vodTemplate,
      pipeline,
    }
  }

  it('every action is tried', () => {
    expect(Object.keys(attempts).toSorted()).toEqual(Object.keys(actions).toSorted())
    const ofAliyun = Object.keys(dialects['aliyun-vod'].actions)
    expect(Object.keys(aliyunAttempts).toSorted()).toEqual(ofAliyun.toSorted())
    const ofIms = Object.keys(dialects['aliyun-ims'].actions)
    expect(Object.keys(imsAttempts).toSorted()).toEqual(ofIms.toSorted())
  })

  const tried = Object.entries(attempts).filter((entry): entry is [string, Attempt] => entry[1] !== 'own')
  it.each(tried)('%s finds nothing of the others', async (action, [parameters, outcome]) => {
    const call = thief.request(action, parameters(theirs))
    if (typeof outcome === 'string') await expect(call).rejects.toMatchObject({ code: outcome })
    else expect(await call).toMatchObject(outcome)
  })

  const triedAliyun = Object.entries(aliyunAttempts).filter((entry): entry is [string, Attempt] => entry[1] !== 'own')
  it.each(triedAliyun)('Alibaba’s %s finds nothing of the others', async (action, [parameters, outcome]) => {
    const call = thiefsAliyun.call(action, parameters(theirs))
    if (typeof outcome === 'string') await expect(call).rejects.toMatchObject({ code: outcome })
    else expect(await call).toMatchObject(outcome)
  })

  const triedIms = Object.entries(imsAttempts).filter((entry): entry is [string, Attempt] => entry[1] !== 'own')
  it.each(triedIms)('%s of Alibaba IMS finds nothing of the others', async (action, [parameters, outcome]) => {
    const call = thiefsIms.call(action, parameters(theirs))
    if (typeof outcome === 'string') await expect(call).rejects.toMatchObject({ code: outcome })
    else expect(await call).toMatchObject(outcome)
  })

  it.each([
    ['GET', () => `/v1/media/${theirs.FileId}`],
    ['PATCH', () => `/v1/media/${theirs.FileId}`],
    ['DELETE', () => `/v1/media/${theirs.FileId}`],
    ['GET', () => `/v1/runs/${runIdOf(theirs.TaskId)}`],
    ['GET', () => `/v1/runs/${runIdOf(theirs.TaskId)}/events`],
    ['POST', () => `/v1/runs/${runIdOf(theirs.TaskId)}/abort`],
    ['GET', () => `/v1/tasks/${theirs.pictureTask}`],
    ['POST', () => `/v1/tasks/${theirs.pictureTask}/abort`],
    ['POST', () => `/v1/tasks/${theirs.pictureTask}/retry`],
    ['GET', () => `/v1/templates/snapshot-by-time-offset/${theirs.snapshots}`],
    ['GET', () => `/v1/templates/sample-snapshot/${theirs.samples}`],
    ['GET', () => `/v1/templates/image-sprite/${theirs.sprites}`],
    ['GET', () => `/v1/templates/watermark/${theirs.watermark}`],
    ['DELETE', () => `/v1/templates/image-sprite/${theirs.sprites}`],
    ['DELETE', () => `/v1/templates/watermark/${theirs.watermark}`],
    ['GET', () => `/v1/procedures/${Name}`],
    ['DELETE', () => `/v1/procedures/${Name}`],
    ['GET', () => `/v1/queues/${Name}`],
    ['DELETE', () => `/v1/queues/${Name}`],
    ['GET', () => `/v1/webhooks/${theirs.webhookId}`],
    ['DELETE', () => `/v1/webhooks/${theirs.webhookId}`],
    ['DELETE', () => `/v1/access-keys/${product.accessKey.secretId}`],
    ['PATCH', () => '/v1/sub-apps/1'],
  ])('%s over REST finds nothing of the others', async (method, path) => {
    const response = await thiefsRest.call(path(), { method, ...(method === 'PATCH' && { body: '{"name":"ours"}' }) })
    expect(response.status).toBeGreaterThanOrEqual(403)
    expect(response.status).toBeLessThan(500)
    expect(await response.text()).toMatch(/notFound|forbidden/)
  })

  it.each([
    'media',
    'runs',
    'tasks',
    'procedures?type=custom',
    'queues',
    'webhooks',
    'templates/image-sprite?type=custom',
    'deliveries',
  ])('the list of /v1/%s holds nothing of the others', async (path) => {
    const response = await thiefsRest.call(`/v1/${path}`)
    expect(response.status).toBe(200)
    expect(z.object({ items: z.array(z.unknown()) }).parse(await response.json()).items).toEqual([])
  })

  it('a job of one’s own goes into no pipeline of the others', async () => {
    const { mediaId } = await thiefsRest.upload(join(product.folder, 'clock.mp4'))
    const TemplateConfig = JSON.stringify({ Type: 'Normal', Time: 0, Count: 1 })
    const created = await thiefsIms.call('CreateCustomTemplate', { Name: 'ours', Type: 2, TemplateConfig })
    const { TemplateId } = madeTemplate.parse(created).CustomTemplate
    const place = { Type: 'Media', Media: mediaId }
    const order = { Input: place, Output: place, TemplateConfig: { TemplateId } }
    const into = { ...order, ScheduleConfig: { PipelineId: theirs.pipeline } }
    await expect(thiefsIms.call('SubmitSnapshotJob', into)).rejects.toMatchObject({
      code: 'NoSuchResource',
      message: expect.stringContaining('ScheduleConfig.PipelineId') as string,
    })
    expect(await thiefsIms.call('SubmitSnapshotJob', order)).toHaveProperty('JobId')
  })
})

function runIdOf(taskId: string): string {
  return /[0-9a-f]{32}/.exec(taskId)?.[0] ?? ''
}

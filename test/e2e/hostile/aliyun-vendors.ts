import { z } from 'zod'
import type { AliyunCaller } from '../../aliyun/callers'
import type { Samples } from './spoilt-parameters'

/** What a caller has that its calls name. */
export interface Belongings {
  readonly mediaId: string
  /** Of sprites, of pictures and of WebVTTs. */
  readonly templates: readonly [string, string, string]
  /** One of each template, which have ended. */
  readonly jobs: readonly string[]
  /** Empty where the vendor has none. */
  readonly pipelineId: string
}

/** One of Alibaba's products, as the tests of hostile parameters use it. */
export interface AliyunVendor {
  readonly version: string
  /** Makes templates, and a pipeline. */
  make(caller: AliyunCaller): Promise<Pick<Belongings, 'templates' | 'pipelineId'>>
  /** Removes all that `make` and others made. */
  clear(caller: AliyunCaller): Promise<void>
  /** @returns the id of a job of a template */
  submit(caller: AliyunCaller, mediaId: string, template: string): Promise<string>
  /** The first of each together are an honest call. */
  samplesOf(action: string, belongings: Belongings): Samples
}

const sprite = { CellWidth: 64, Columns: '3', Lines: 2, Padding: 1, Margin: 2, Color: 'tomato' }
const series = { FrameType: 'intra', Count: '2', Interval: 1, SpecifiedOffsetTime: '0' }
const vodConfigs = [
  { SnapshotType: 'SpriteSnapshot', SnapshotConfig: { ...series, SpriteSnapshotConfig: sprite } },
  { SnapshotType: 'NormalSnapshot', SnapshotConfig: series },
  { SnapshotType: 'WebVttSnapshot', SnapshotConfig: { ...series, Format: 'vtt', SubOut: { IsSptFrag: 'false' } } },
].map((config) => JSON.stringify(config))

async function templatesOf(add: (config: string) => Promise<string>, configs: readonly string[]) {
  const [ofSprites = '', ofPictures = '', ofVtt = ''] = await Promise.all(configs.map(add))
  return [ofSprites, ofPictures, ofVtt] as const
}

const vodTemplate = z.object({ VodTemplateId: z.string() })
const vodTemplates = z.object({ VodTemplateInfoList: z.array(vodTemplate) })

const vod: AliyunVendor = {
  version: '2017-03-21',
  async make(caller) {
    const add = async (TemplateConfig: string) =>
      vodTemplate.parse(await caller.call('AddVodTemplate', { Name: 't', TemplateType: 'Snapshot', TemplateConfig }))
        .VodTemplateId
    return { templates: await templatesOf(add, vodConfigs), pipelineId: '' }
  },
  async clear(caller) {
    const listed = vodTemplates.parse(await caller.call('ListVodTemplate', { TemplateType: 'Snapshot' }))
    for (const template of listed.VodTemplateInfoList) await caller.call('DeleteVodTemplate', template)
  },
  async submit(caller, VideoId, SnapshotTemplateId) {
    const answer = await caller.call('SubmitSnapshotJob', { VideoId, SnapshotTemplateId })
    return z.object({ SnapshotJob: z.object({ JobId: z.string() }) }).parse(answer).SnapshotJob.JobId
  },
  samplesOf: (_action, { mediaId, templates, jobs }) => ({
    VideoId: [mediaId, '1'],
    MediaId: [mediaId],
    ReferenceId: ['none-such'],
    JobId: [...jobs, '0'.repeat(32)],
    JobType: ['snapshot', 'transcode'],
    SnapshotType: ['NormalSnapshot', 'WebVttSnapshot'],
    Count: [1, '2'],
    Interval: [0, 1],
    SpecifiedOffsetTimes: [[1000, 1500]],
    SpriteSnapshotConfig: [{}, sprite, "{'Columns': 3}"],
    SnapshotTemplateId: [...templates, '', `1${'0'.repeat(31)}`],
    VodTemplateId: [...templates, 'none'],
    TemplateType: ['Snapshot'],
    TemplateConfig: [...vodConfigs, '{"SnapshotType":'],
    UserData: ['{"Extend":{"a":1}}', 'text'],
    Name: ['hostile', '中文'],
    AppId: ['app-1000000'],
    PageNo: [1],
    PageSize: ['20'],
    AuthTimeout: ['60'],
  }),
}

const imsConfigs = ['Sprite', 'Normal', 'WebVtt'].map((Type) =>
  JSON.stringify({ Type, FrameType: 'intra', Time: '0', Count: 2, Interval: '1', SpriteSnapshotConfig: sprite }),
)

const created = z.object({ CustomTemplate: z.object({ TemplateId: z.string() }) })
const imsTemplates = z.object({ CustomTemplateList: z.array(z.object({ TemplateId: z.string() })) })
const pipeline = z.object({ PipelineId: z.string() })

const ims: AliyunVendor = {
  version: '2020-11-09',
  async make(caller) {
    const add = async (TemplateConfig: string) =>
      created.parse(await caller.call('CreateCustomTemplate', { Name: 't', Type: 2, TemplateConfig })).CustomTemplate
        .TemplateId
    const made = await caller.call('CreatePipeline', { Name: 'p', Speed: 'Standard' })
    const { PipelineId: pipelineId } = z.object({ Pipeline: pipeline }).parse(made).Pipeline
    return { templates: await templatesOf(add, imsConfigs), pipelineId }
  },
  async clear(caller) {
    const templates = imsTemplates.parse(await caller.call('ListCustomTemplates', { Type: 2, PageSize: 100 }))
    for (const { TemplateId } of templates.CustomTemplateList) await caller.call('DeleteCustomTemplate', { TemplateId })
    const pipelines = z.object({ PipelineList: z.array(pipeline) }).parse(await caller.call('ListPipelines', {}))
    for (const { PipelineId } of pipelines.PipelineList) await caller.call('DeletePipeline', { PipelineId })
  },
  async submit(caller, mediaId, TemplateId) {
    const place = { Type: 'Media', Media: mediaId }
    const order = { Input: place, Output: place, TemplateConfig: { TemplateId } }
    return z.object({ JobId: z.string() }).parse(await caller.call('SubmitSnapshotJob', order)).JobId
  },
  samplesOf(action, { mediaId, templates, jobs, pipelineId }) {
    const [ofSprites, ofPictures, ofVtt] = templates
    const atOss = (Media: string) => ({ Type: 'OSS', Media: `oss://films/${Media}` })
    const overwritten = [
      { TemplateId: ofSprites, OverwriteParams: { Count: 3, SpriteSnapshotConfig: { Columns: '2' } } },
      { TemplateId: ofPictures, OverwriteParams: { BlackLevel: 90, Width: '64' } },
      { TemplateId: ofVtt, OverwriteParams: { IsSptFrag: 'true' } },
      { TemplateId: ofPictures, OverwriteParams: '{"Type":"Sprite"}' },
      { TemplateId: 'none' },
    ]
    const orders = action === 'GetSnapshotUrls' ? ['Asc', 'Desc'] : ['CreateTimeDesc', 'CreateTimeAsc']
    return {
      Input: [{ Type: 'Media', Media: mediaId }, atOss('in/clock.mp4'), atOss('a/../b.mp4')],
      Output: [atOss('{TileCount}.jpg'), atOss('{Count}.jpg'), atOss('a.vtt'), { Type: 'Media', Media: mediaId }],
      TemplateConfig: action === 'SubmitSnapshotJob' ? overwritten : [...imsConfigs, '{"Type":'],
      ScheduleConfig: [{ PipelineId: pipelineId }, { PipelineId: 'none' }, {}],
      PipelineId: [pipelineId, 'none'],
      TemplateId: [...templates, 'none'],
      JobId: [...jobs, '0'.repeat(32)],
      Type: [2, '2'],
      Subtype: [2, '1'],
      Speed: ['Standard', 'Boost'],
      Priority: [1, '10'],
      Status: action === 'UpdatePipeline' ? ['Active', 'Paused'] : ['Success', 'Fail', 'Init'],
      Name: ['hostile', '中文'],
      StartOfCreateTime: ['2026-01-02T03:04:05Z'],
      EndOfCreateTime: ['2099-01-02T03:04:05Z'],
      NextPageToken: [Buffer.from(JSON.stringify([Date.now(), jobs[0]])).toString('base64url'), 'WzEsIngiXQ'],
      OrderBy: orders,
      PageNumber: [1, '2'],
      PageSize: ['20'],
      Timeout: [3600],
      UserData: ['{"localId":7}', '{"NotifyAddress":"http://[::1"}', 'text'],
      AppId: ['app-1000000'],
    }
  },
}

export const aliyunVendors = { 'aliyun-vod': vod, 'aliyun-ims': ims } as const

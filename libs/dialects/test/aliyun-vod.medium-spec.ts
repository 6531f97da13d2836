import type { RunId } from '@libs/kernel'
import { aMedia, aRun, anOutput, aTask } from '@libs/testing'
import { XMLParser } from 'fast-xml-parser'
import { z } from 'zod'
import { type AliyunCaller, aliyunCallers } from '../../../test/aliyun/callers'
import { signV1 } from '../src/aliyun-rpc/protocol/signature-v1'
import { vendorTime } from '../src/aliyun-rpc/vendor-time'
import { type DialectsDoor, mainKey, openDialects } from './open-dialects'

const version = '2017-03-21'
const refusal = z.strictObject({
  RequestId: z.string().regex(/^[0-9A-F-]{36}$/),
  HostId: z.string().regex(/^127\.0\.0\.1:\d+$/),
  Code: z.string(),
  Message: z.string(),
  Recommend: z.url(),
})

let door: DialectsDoor

beforeEach(async () => {
  door = await openDialects()
})

afterEach(() => door.close())

function callerOf(make: (typeof aliyunCallers)[string], accessKey = mainKey): AliyunCaller {
  return make({ url: `http://127.0.0.1:${door.port}`, accessKey }, version)
}

/** A job of the door's media that has made two stills. */
async function aJob(): Promise<string> {
  const { unitOfWork, media } = door
  const at = new Date('2026-01-02T03:04:05.600Z')
  const run = aRun(media, { state: 'finished', finishedAt: at })
  const task = aTask(run, 'sampleSnapshot', { state: 'succeeded', finishedAt: at })
  const [still] = anOutput.sampleSnapshot.stills
  const stills = ['00001', '00002'].map((name) => ({ ...still, artifact: { key: `a/${name}.jpg`, sizeBytes: 1 } }))
  await unitOfWork.stores.runs.insert(run, [{ ...task, output: { stills } } as typeof task], undefined)
  return run.id
}

describe.each(Object.entries(aliyunCallers))('Alibaba VOD, called by %s', (_name, make) => {
  it('lists the snapshots of the latest job, page by page', async () => {
    const JobId = await aJob()
    const asked = { VideoId: door.media.id, SnapshotType: 'NormalSnapshot', PageSize: 1, PageNo: 2 }
    expect(await callerOf(make).call('ListSnapshots', asked)).toMatchObject({
      RequestId: expect.stringMatching(/^[0-9A-F]{8}-/) as string,
      MediaSnapshot: {
        JobId,
        Total: 2,
        Regular: 'http://files.example.com/a/{SnapshotCount}.jpg',
        Snapshots: { Snapshot: [{ Index: 2, Url: 'http://files.example.com/a/00002.jpg' }] },
      },
    })
    const none = await callerOf(make).call('ListSnapshots', { VideoId: door.media.id })
    expect(none).toMatchObject({ MediaSnapshot: { Total: 0 } })
  })

  it('tells of jobs', async () => {
    const JobId = await aJob()
    const caller = callerOf(make)
    const detail = await caller.call('GetJobDetail', { JobId, JobType: 'snapshot' })
    const facts = { JobId, Status: 'Success', CompleteTime: '2026-01-02T03:04:05Z' }
    expect(detail).toMatchObject({ JobType: 'snapshot', SnapshotJobDetail: { ...facts, VideoId: door.media.id } })
    const listed = await caller.call('ListJobInfo', { MediaId: door.media.id, JobType: 'snapshot' })
    expect(listed).toMatchObject({ MediaId: door.media.id, JobInfoList: [facts] })
  })

  it.each([
    ['InvalidVideo.NotFound', 'ListSnapshots', { VideoId: 'none' }],
    ['MissingVideoId', 'ListSnapshots', {}],
    ['InvalidPageSize', 'ListSnapshots', { VideoId: '1', PageSize: 'x' }],
    ['InvalidParameter', 'ListSnapshots', { VideoId: '1', PageSize: '101' }],
    ['NoSuchResource', 'GetJobDetail', { JobId: '中文 *~', JobType: 'snapshot' }],
    ['InvalidApi.NotFound', 'NoSuchAction', {}],
  ])('answers %s', async (code, action, parameters) => {
    await expect(callerOf(make).call(action, parameters)).rejects.toMatchObject({ code })
  })

  it.each([
    ['InvalidAccessKeyId.NotFound', { ...mainKey, secretId: 'nobody' }],
    ['SignatureDoesNotMatch', { ...mainKey, secretKey: 'wrong' }],
  ])('answers %s to those who are not let in', async (code, key) => {
    await expect(callerOf(make, key).call('ListSnapshots', {})).rejects.toMatchObject({ code })
  })
})

const submitted = z.object({ SnapshotJob: z.object({ JobId: z.string().regex(/^[0-9a-f]{32}$/) }) })
const madeTemplate = z.object({ VodTemplateId: z.string().regex(/^[0-9a-f]{32}$/) })

describe.each(Object.entries(aliyunCallers))('Jobs and templates of Alibaba VOD, called by %s', (_name, make) => {
  const tasks = () => [...door.unitOfWork.tables.tasks.values()].map(({ task }) => task)

  async function submit(parameters: Readonly<Record<string, unknown>>) {
    const answer = await callerOf(make).call('SubmitSnapshotJob', { VideoId: door.media.id, ...parameters })
    const { JobId } = submitted.parse(answer).SnapshotJob
    return tasks().find(({ runId }) => runId === JobId)
  }

  it.each([
    [{ Count: 3 }, { by: 'series', startMs: 0, count: 3, intervalMs: 1000 }],
    [{ Interval: 2 }, { by: 'series', startMs: 0, intervalMs: 2000 }],
    [
      { Count: 3, Interval: 0 },
      { by: 'series', startMs: 0, count: 3 },
    ],
    [
      { Interval: 0, SpecifiedOffsetTime: 1500 },
      { by: 'series', startMs: 1500, count: 1 },
    ],
  ])('takes a job of %j', async (parameters, sampling) => {
    const task = await submit({ ...parameters, Width: '320' })
    const picture = { widthPx: 320, heightPx: 0, resolutionAdaptive: false, format: 'jpg', accuracy: 'exact' }
    expect(task).toMatchObject({ kind: 'sampleSnapshot', settings: { ...picture, sampling } })
  })

  it.each([12, 30])('takes %d times in their order', async (count) => {
    const times = Array.from({ length: count }, (_, index) => 1000 * (count - index))
    const offsets = times.map((value) => ({ unit: 'ms', value }))
    expect(await submit({ SpecifiedOffsetTimes: times })).toMatchObject({ request: { offsets } })
  })

  it('takes times, and a sprite in the quotes that the documents have', async () => {
    const timed = await submit({ SpecifiedOffsetTimes: [2500, 1000], Count: 1 })
    const offsets = [2500, 1000].map((value) => ({ unit: 'ms', value }))
    expect(timed).toMatchObject({ kind: 'snapshotByTimeOffset', request: { offsets } })
    const sprite = await submit({
      Interval: 1,
      SpriteSnapshotConfig: "{'CellWidth': '120', 'Columns': 3, 'Lines': 2, 'Padding': 4, 'Color': 'Tomato'}",
    })
    const sheet = { widthPx: 120, heightPx: 0, columns: 3, rows: 2, paddingPx: 4, marginPx: 0 }
    expect(sprite).toMatchObject({ settings: { ...sheet, background: '#ff6347', delivery: 'both' } })
    const plain = await submit({ Interval: 1, Width: 64, SpriteSnapshotConfig: '{}' })
    expect(plain).toMatchObject({ settings: { widthPx: 64, columns: 10, rows: 10, background: '#000000' } })
  })

  it('finds a media by the caller’s own id of it', async () => {
    const { unitOfWork, media } = door
    await unitOfWork.stores.media.change(media.id, { reference: 'own-123' }, new Date())
    const answer = await callerOf(make).call('SubmitSnapshotJob', { ReferenceId: 'own-123', Count: 1 })
    const { JobId } = submitted.parse(answer).SnapshotJob
    expect(unitOfWork.tables.runs.get(JobId as RunId)).toMatchObject({ mediaId: media.id })
    const none = callerOf(make).call('SubmitSnapshotJob', { ReferenceId: 'own-456', Count: 1 })
    await expect(none).rejects.toMatchObject({ code: 'InvalidVideo.NotFound' })
  })

  it('keeps a template’s words, and makes jobs of it', async () => {
    const caller = callerOf(make)
    const SpriteSnapshotConfig = {
      Padding: '1',
      Margin: '2',
      Color: 'tomato',
      Columns: '3',
      Lines: '4',
      KeepCellPic: 'delete',
    }
    const SnapshotConfig = {
      FrameType: 'intra',
      Count: '50',
      Interval: '0',
      SpecifiedOffsetTime: '0',
      SpriteSnapshotConfig,
    }
    const TemplateConfig = JSON.stringify({ SnapshotType: 'SpriteSnapshot', SnapshotConfig })
    const named = { Name: '模板', TemplateType: 'Snapshot', TemplateConfig }
    const { VodTemplateId } = madeTemplate.parse(await caller.call('AddVodTemplate', named))
    const told = { ...named, VodTemplateId, IsDefault: 'NotDefault' }
    expect(await caller.call('GetVodTemplate', { VodTemplateId })).toMatchObject({ VodTemplateInfo: told })
    const task = await submit({ SnapshotTemplateId: VodTemplateId, Count: 'ignored?'.length })
    const sheet = { paddingPx: 1, marginPx: 2, columns: 3, rows: 4, delivery: 'sheets', accuracy: 'nearestKeyframe' }
    expect(task).toMatchObject({ kind: 'imageSprites', settings: { ...sheet, sampling: { count: 50, startMs: 0 } } })
    await caller.call('UpdateVodTemplate', { VodTemplateId, Name: 'other' })
    const listed = await caller.call('ListVodTemplate', { TemplateType: 'Snapshot' })
    expect(listed).toMatchObject({ VodTemplateInfoList: [{ ...told, Name: 'other', AppId: 'app-1000000' }] })
    await caller.call('DeleteVodTemplate', { VodTemplateId })
    expect(await caller.call('ListVodTemplate', { TemplateType: 'Snapshot' })).toMatchObject({
      VodTemplateInfoList: [],
    })
  })

  it.each([
    ['MissingCount', 'SubmitSnapshotJob', {}],
    ['InvalidCount', 'SubmitSnapshotJob', { Count: 'abc' }],
    ['InvalidParameter', 'SubmitSnapshotJob', { Count: 1, Width: 4097 }],
    ['InvalidParameter', 'SubmitSnapshotJob', { SpecifiedOffsetTimes: Array.from({ length: 31 }, () => 1) }],
    ['InvalidParameter', 'SubmitSnapshotJob', { Count: 1, SpriteSnapshotConfig: '{"Columns": 0}' }],
    ['InvalidParameter', 'SubmitSnapshotJob', { Count: 1, SpriteSnapshotConfig: '{"Colums": 3}' }],
    ['InvalidParameter', 'SubmitSnapshotJob', { Count: 1, SpriteSnapshotConfig: '{"Color": "nocolour"}' }],
    ['InvalidParameter', 'SubmitSnapshotJob', { SpecifiedOffsetTimes: [1], SpriteSnapshotConfig: '{}' }],
    ['InvalidParameter', 'SubmitSnapshotJob', { Count: 1, UserData: '{"MessageCallback":{"CallbackURL":"x"}}' }],
    ['NoSuchResource', 'SubmitSnapshotJob', { SnapshotTemplateId: `1${'0'.repeat(27)}0fff` }],
    ['NoSuchResource', 'GetVodTemplate', { VodTemplateId: 'none' }],
    ['InvalidParameter', 'AddVodTemplate', { Name: 'n', TemplateType: 'DynamicImage', TemplateConfig: '{}' }],
    ['InvalidParameter', 'AddVodTemplate', { Name: 'n', TemplateType: 'Snapshot', TemplateConfig: '{"a":' }],
  ])('answers %s to a wrong %s: %j', async (code, action, parameters) => {
    const before = tasks().length
    const call = callerOf(make).call(action, { VideoId: door.media.id, ...parameters })
    await expect(call).rejects.toMatchObject({ code })
    expect(tasks()).toHaveLength(before)
  })
})

it('refuses a job for a media that cannot be read', async () => {
  const fault = { code: 'media.noVideo', detail: 'There is only sound.' } as const
  const media = aMedia({ state: 'failed', info: undefined, fault })
  await door.unitOfWork.stores.media.insert(media)
  const [[, make]] = Object.entries(aliyunCallers) as [[string, (typeof aliyunCallers)[string]]]
  const call = callerOf(make).call('SubmitSnapshotJob', { VideoId: media.id, Count: 1 })
  await expect(call).rejects.toMatchObject({ code: 'Forbidden.IllegalStatus' })
})

describe('Alibaba VOD over HTTP', () => {
  function signed(overrides: Readonly<Record<string, string>> = {}, atMs = Date.now()): URLSearchParams {
    const parameters = {
      ...{ Action: 'ListSnapshots', Version: version, VideoId: door.media.id, AccessKeyId: mainKey.secretId },
      ...{ SignatureMethod: 'HMAC-SHA1', SignatureVersion: '1.0', Timestamp: vendorTime(new Date(atMs)) },
      ...{ SignatureNonce: crypto.randomUUID(), ...overrides },
    }
    const Signature = signV1('POST', Object.entries(parameters), mainKey.secretKey)
    return new URLSearchParams({ ...parameters, Signature })
  }

  const post = (body?: URLSearchParams | string, query = '', headers: Readonly<Record<string, string>> = {}) =>
    fetch(`http://127.0.0.1:${door.port}/${query}`, { method: 'POST', headers, ...(body !== undefined && { body }) })

  it('lets a request in once', async () => {
    const form = signed({ Format: 'JSON' })
    expect((await post(form)).status).toBe(200)
    const again = await post(form)
    expect([again.status, refusal.parse(await again.json()).Code]).toEqual([400, 'SignatureNonceUsed'])
  })

  it('knows a form without headers for its own, and answers XML where nothing else is asked', async () => {
    await aJob()
    const response = await post(signed({ SnapshotType: 'NormalSnapshot' }))
    expect(response.headers.get('content-type')).toBe('text/xml;charset=utf-8')
    expect(new XMLParser().parse(await response.text())).toMatchObject({
      ListSnapshotsResponse: { MediaSnapshot: { Total: 2, Snapshots: { Snapshot: [{ Index: 1 }, { Index: 2 }] } } },
    })
    const refused = await post(signed({ Format: 'xml', VideoId: '<&"\u0001' }))
    expect(refused.status).toBe(404)
    const { Error } = z.looseObject({ Error: refusal }).parse(new XMLParser().parse(await refused.text()))
    expect(Error.Code).toBe('InvalidVideo.NotFound')
  })

  it.each([
    ['InvalidTimeStamp.Expired', 400, () => signed({ Format: 'JSON' }, Date.now() - 901_000)],
    ['InvalidTimeStamp.Format', 400, () => signed({ Format: 'JSON', Timestamp: 'now' })],
    ['InvalidSignatureMethod', 400, () => signed({ Format: 'JSON', SignatureMethod: 'HMAC-SHA256' })],
    ['InvalidParameter.Format', 400, () => signed({ Format: 'YAML' })],
    ['MissingSignatureNonce', 400, () => signed({ Format: 'JSON', SignatureNonce: '' })],
    ['MissingAction', 400, () => signed({ Format: 'JSON', Action: '' })],
    ['InvalidApi.NotFound', 404, () => signed({ Format: 'JSON', Version: '2014-06-18' })],
    ['InvalidParameter', 400, () => new URLSearchParams([...signed({ Format: 'JSON' }), ['VideoId', '2']])],
  ])('answers %s with status %d', async (code, status, form) => {
    const response = await post(form(), '', { accept: 'application/json' })
    expect([response.status, refusal.parse(await response.json()).Code]).toEqual([status, code])
  })

  it.each([version, '2020-11-09'])('answers MissingAccessKeyId to an unsigned form of version %s', async (Version) => {
    const response = await post(new URLSearchParams({ Action: 'SubmitSnapshotJob', Version }))
    expect([response.status, refusal.parse(await response.json()).Code]).toEqual([400, 'MissingAccessKeyId'])
  })

  it.each([
    ['MissingAccessKeyId', 400, { 'x-acs-action': 'ListSnapshots', 'x-acs-version': version }],
    ['MissingAction', 400, { 'x-acs-version': version }],
    ['InvalidSignatureMethod', 400, { 'x-acs-action': 'ListSnapshots', authorization: 'ACS3-HMAC-SM3 a=b' }],
    ['IncompleteSignature', 400, { 'x-acs-action': 'ListSnapshots', authorization: 'ACS3-HMAC-SHA256 Credential' }],
  ])('answers %s with status %d to headers', async (code, status, headers) => {
    const response = await post(undefined, '', { 'x-acs-version': version, ...headers })
    expect([response.status, refusal.parse(await response.json()).Code]).toEqual([status, code])
  })
})

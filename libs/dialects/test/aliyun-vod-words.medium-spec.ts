import { anOutput, aRun, aTask } from '@libs/testing'
import type { SucceededTask } from '@libs/workflow'
import { z } from 'zod'
import { type AliyunCaller, currentAliyun } from '../../../test/aliyun/callers'
import { signV3 } from '../src/aliyun-rpc/protocol/signature-v3'
import { vendorTime } from '../src/aliyun-rpc/vendor-time'
import { aliyunSigners } from './aliyun-subject'
import { type DialectsDoor, mainKey, openDialects } from './open-dialects'

const version = '2017-03-21'
const submitted = z.object({ SnapshotJob: z.object({ JobId: z.string() }) })
const detail = z.object({ SnapshotJobDetail: z.looseObject({}) })
const added = z.object({ VodTemplateId: z.string() })
const code = z.object({ Code: z.string() })

let door: DialectsDoor
let caller: AliyunCaller

beforeEach(async () => {
  door = await openDialects()
  caller = currentAliyun({ url: `http://127.0.0.1:${door.port}`, accessKey: mainKey }, version)
})

afterEach(() => door.close())

const parsed = (text: unknown): unknown => JSON.parse(z.string().parse(text))
const submit = (parameters: object) => caller.call('SubmitSnapshotJob', { VideoId: door.media.id, ...parameters })

describe('jobs of Alibaba VOD', () => {
  async function detailOf(parameters: object) {
    const { JobId } = submitted.parse(await submit(parameters)).SnapshotJob
    return detail.parse(await caller.call('GetJobDetail', { JobId, JobType: 'snapshot' })).SnapshotJobDetail
  }

  it('tell how they were asked for, in the short names that GetJobDetail has', async () => {
    const job = await detailOf({ Count: 3, Interval: 2, SpecifiedOffsetTime: 1500, Width: 320 })
    expect(job).toMatchObject({ VideoId: door.media.id, UserId: 0, Trigger: 'Manual', Status: 'Processing' })
    expect(parsed(job['NormalConfig'])).toEqual({ inl: 2, num: 3, tm: 1500, wd: '320', ft: 'normal' })
    expect(job).not.toHaveProperty('SpriteConfig')
    const times = await detailOf({ SpecifiedOffsetTimes: [1, 2] })
    expect(parsed(times['NormalConfig'])).toEqual({ num: 2, ft: 'normal' })
  })

  it('tell of sprites how cells lie on them', async () => {
    const layout = { CellWidth: 120, CellHeight: 68, Columns: 3, Lines: 2, Padding: 4, Margin: 6 }
    for (const [KeepCellPic, ikcp] of Object.entries({ keep: true, delete: false })) {
      const job = await detailOf({ Count: 3, Interval: 0, SpriteSnapshotConfig: { ...layout, KeepCellPic } })
      expect(parsed(job['NormalConfig'])).toEqual({ inl: 0, num: 3, tm: 0, ft: 'normal' })
      const words = { pad: 4, mgin: 6, lines: 2, cols: 3, ikcp, wd: '120', hg: '68' }
      expect(parsed(job['SpriteConfig'])).toEqual(words)
    }
  })

  it.each([
    ['1024 characters', 'x'.repeat(1024), true],
    ['1025 characters', 'x'.repeat(1025), false],
    ['512 bytes of Extend', JSON.stringify({ Extend: 'é'.repeat(256) }), true],
    ['513 bytes of Extend', JSON.stringify({ Extend: `x${'é'.repeat(256)}` }), false],
    ['513 bytes of Extend, as JSON', JSON.stringify({ Extend: { a: 'x'.repeat(506) } }), false],
  ])('may have %s of UserData, or not', async (_, UserData, isTaken) => {
    const call = submit({ Count: 1, UserData })
    if (isTaken) submitted.parse(await call)
    else
      await expect(call).rejects.toMatchObject({
        code: 'InvalidParameter',
        message: expect.stringContaining('UserData') as string,
      })
    expect(door.unitOfWork.tables.runs.size).toBe(isTaken ? 1 : 0)
  })

  it('that made a cover are listed as CoverSnapshot', async () => {
    const finishedAt = new Date()
    const run = aRun(door.media, { state: 'finished', finishedAt })
    const cover = {
      ...aTask(run, 'coverBySnapshot', { state: 'succeeded', finishedAt }),
      output: anOutput.coverBySnapshot,
    }
    await door.unitOfWork.stores.runs.insert(run, [cover as SucceededTask], undefined)
    const Url = `http://files.example.com/${anOutput.coverBySnapshot.cover.artifact.key}`
    for (const asked of [{}, { SnapshotType: 'CoverSnapshot', AuthTimeout: 60 }]) {
      expect(await caller.call('ListSnapshots', { VideoId: door.media.id, ...asked })).toMatchObject({
        MediaSnapshot: { JobId: run.id, Total: 1, Snapshots: { Snapshot: [{ Index: 1, Url }] } },
      })
    }
    const tooLong = caller.call('ListSnapshots', { VideoId: door.media.id, AuthTimeout: 2_592_001 })
    await expect(tooLong).rejects.toMatchObject({ code: 'InvalidParameter' })
  })
})

describe('templates of Alibaba VOD', () => {
  const series = { FrameType: 'normal', Count: 1, Interval: 1 }
  const config = (SnapshotType: string, members: object = {}) =>
    JSON.stringify({ SnapshotType, SnapshotConfig: { ...series, ...members } })
  const asSprite = { SpriteSnapshotConfig: { Columns: 2, Lines: 2 } }

  async function add(TemplateConfig: string): Promise<string> {
    const template = { Name: 't', TemplateType: 'Snapshot', TemplateConfig }
    return added.parse(await caller.call('AddVodTemplate', template)).VodTemplateId
  }

  it.each([
    ['NormalSnapshot', {}, 'NormalSnapshot', { Count: '7' }, true],
    ['NormalSnapshot', {}, 'SpriteSnapshot', asSprite, false],
    ['NormalSnapshot', {}, 'WebVttSnapshot', {}, false],
    ['SpriteSnapshot', asSprite, 'SpriteSnapshot', { ...asSprite, Count: '7' }, true],
    ['SpriteSnapshot', asSprite, 'WebVttSnapshot', { Count: '7' }, true],
    ['SpriteSnapshot', asSprite, 'NormalSnapshot', {}, false],
  ])('of %s %j may become %s %j, or not', async (before, members, after, others, isTaken) => {
    const [own, TemplateConfig] = [config(before, members), config(after, others)]
    const VodTemplateId = await add(own)
    const call = caller.call('UpdateVodTemplate', { VodTemplateId, TemplateConfig })
    if (isTaken) expect(await call).toMatchObject({ VodTemplateId })
    else await expect(call).rejects.toMatchObject({ code: 'InvalidParameter' })
    const told = { VodTemplateInfo: { Name: 't', TemplateConfig: isTaken ? TemplateConfig : own } }
    expect(await caller.call('GetVodTemplate', { VodTemplateId })).toMatchObject(told)
    await submit({ SnapshotTemplateId: VodTemplateId })
    const [{ task } = { task: undefined }] = door.unitOfWork.tables.tasks.values()
    expect(task).toMatchObject({ settings: { sampling: { count: isTaken ? 7 : 1 } } })
  })
})

describe('Alibaba VOD, asked over HTTP', () => {
  const url = () => `http://127.0.0.1:${door.port}/`
  const form = 'application/x-www-form-urlencoded'
  const told = async (response: Response) => [response.status, code.parse(await response.json()).Code]

  it('lets a request in once, whichever way it is signed', async () => {
    for (const [name, sign] of aliyunSigners(version, new URL(url()).host)) {
      const request = sign('ListSnapshots', { VideoId: door.media.id }, mainKey, Date.now())
      const headers = z.record(z.string(), z.string()).parse(request.headers)
      const body = request.body.length > 0 && { body: request.body.toString() }
      const send = () => fetch(`${url()}?${request.query}`, { method: request.method, headers, ...body })
      expect([name, (await send()).status]).toEqual([name, 200])
      expect([name, ...(await told(await send()))]).toEqual([name, 400, 'SignatureNonceUsed'])
      await door.close()
      door = await openDialects()
    }
  })

  it.each([
    ['RequestTooLarge', 413, { method: 'POST', headers: { 'content-type': form }, body: `a=${'x'.repeat(1024 ** 2)}` }],
    ['UnsupportedHTTPMethod', 400, { method: 'PUT', headers: { 'content-type': form }, body: 'a=1' }],
    ['UnsupportedHTTPMethod', 400, { method: 'DELETE', headers: {} }],
    ['UnsupportedContentEncoding', 415, { method: 'POST', headers: { 'content-encoding': 'gzip' }, body: 'a=1' }],
  ])('answers %s with status %d', async (name, status, init) => {
    const head = { 'x-acs-action': 'ListSnapshots', 'x-acs-version': version }
    const response = await fetch(url(), { ...init, headers: { ...init.headers, ...head } })
    expect(await told(response)).toEqual([status, name])
  })

  it('takes no body but a form', async () => {
    const body = '{}'
    const headers = {
      ...{ host: new URL(url()).host, 'x-acs-action': 'ListSnapshots', 'x-acs-version': version },
      ...{ 'x-acs-date': vendorTime(new Date()), 'x-acs-signature-nonce': crypto.randomUUID() },
    }
    const names = Object.keys(headers)
    const request = { method: 'POST', path: '/', query: '', headers, body: Buffer.from(body) }
    const signed = `SignedHeaders=${names.join(';')},Signature=${signV3(request, names, mainKey.secretKey)}`
    const authorization = `ACS3-HMAC-SHA256 Credential=${mainKey.secretId},${signed}`
    const sent = { ...headers, authorization, 'content-type': 'application/json' }
    const response = await fetch(url(), { method: 'POST', headers: sent, body })
    expect(await told(response)).toEqual([400, 'InvalidParameter'])
  })
})

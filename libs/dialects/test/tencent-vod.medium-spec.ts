import { mainSubApp, newEventId } from '@libs/kernel'
import { aRun, type MemoryUnitOfWork } from '@libs/testing'
import { defaultEventConfig, type Media } from '@libs/workflow'
import { z } from 'zod'
import { signRequest } from '../src/tencent-vod/protocol/signature'
import { signForm } from '../src/tencent-vod/protocol/signed-form'
import { openTencentVod, secretId, secretKey, type TencentVodDoor, type VodClient } from './open-tencent-vod'

const refusal = z.object({
  Response: z.object({ Error: z.object({ Code: z.string(), Message: z.string() }), RequestId: z.uuid() }),
})

function aSignedForm() {
  const Timestamp = Math.floor(Date.now() / 1000).toString()
  return { Version: '2018-07-17', Timestamp, Nonce: '1', SecretId: secretId, SignatureMethod: 'HmacSHA256' }
}

interface RawCall {
  readonly action?: string
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly version?: string
  readonly atMs?: number
  readonly secret?: string
  readonly authorization?: string
}

describe('Tencent VOD over HTTP', () => {
  let door: TencentVodDoor
  let unitOfWork: MemoryUnitOfWork
  let media: Media
  let client: VodClient
  let port: number

  beforeEach(async () => {
    door = await openTencentVod()
    ;({ unitOfWork, media, port } = door)
    client = door.client()
  })

  afterEach(() => door.close())

  function call({ action, body = '{}', version, atMs = Date.now(), secret = secretKey, authorization }: RawCall) {
    const headers = {
      host: `127.0.0.1:${port}`,
      'content-type': 'application/json',
      'x-tc-timestamp': String(Math.floor(atMs / 1000)),
      'x-tc-version': version ?? '2018-07-17',
      'x-tc-traceid': 'trace-1',
      ...(action !== undefined && { 'x-tc-action': action }),
    }
    const date = new Date(atMs).toISOString().slice(0, 10)
    const scope = { date, service: 'vod', signedHeaders: ['content-type', 'host'] }
    const unsigned = { method: 'POST', path: '/', query: '', headers, body: Buffer.from(body) }
    const signature = signRequest(unsigned, scope, secret, headers.host)
    const signed = `TC3-HMAC-SHA256 Credential=${secretId}/${date}/vod/tc3_request, SignedHeaders=content-type;host, Signature=${signature}`
    return fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { ...headers, authorization: authorization ?? signed },
      body,
    })
  }

  async function refused(parameters: RawCall) {
    const before = unitOfWork.tables.rowCount
    const response = await call(parameters)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('x-tc-traceid')).toBe('trace-1')
    expect(unitOfWork.tables.rowCount).toBe(before)
    return refusal.parse(await response.json()).Response.Error
  }

  const processMedia = (parameters: object) => refused({ action: 'ProcessMedia', body: JSON.stringify(parameters) })
  const sprites = { ImageSpriteTaskSet: [{ Definition: 10 }] }

  describe("the vendor's own client", () => {
    it('stores templates and a procedure, and runs it', async () => {
      const snapshot = await client.CreateSnapshotByTimeOffsetTemplate({ Name: '中文', Width: 640, Format: 'png' })
      const sample = await client.CreateSampleSnapshotTemplate({ SampleType: 'Time', SampleInterval: 5 })
      const sprite = await client.CreateImageSpriteTemplate({
        SampleType: 'Percent',
        SampleInterval: 5,
        RowCount: 4,
        ColumnCount: 5,
      })
      const MediaProcessTask = {
        SnapshotByTimeOffsetTaskSet: [{ Definition: snapshot.Definition ?? 0, ExtTimeOffsetSet: ['3.5s', '10%'] }],
        SampleSnapshotTaskSet: [{ Definition: sample.Definition ?? 0 }],
        ImageSpriteTaskSet: [{ Definition: sprite.Definition ?? 0 }],
        CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: 'Percent', PositionValue: 50 }],
      }
      await client.CreateProcedureTemplate({ Name: 'all four', MediaProcessTask })
      const described = await client.DescribeProcedureTemplates({ Names: ['all four'] })
      expect(described).toMatchObject({ TotalCount: 1, ProcedureTemplateSet: [{ Type: 'Custom', MediaProcessTask }] })
      const { TaskId = '' } = await client.ProcessMediaByProcedure({
        FileId: media.id,
        ProcedureName: 'all four',
        SessionContext: 'c',
        TasksPriority: 5,
      })
      expect(TaskId).toMatch(/^1500000000-Procedure-[0-9a-f]{32}t0$/)
      const detail = await client.DescribeTaskDetail({ TaskId })
      expect(detail).toMatchObject({ TaskType: 'Procedure', Status: 'WAITING', FinishTime: '' })
      expect(detail.ProcedureTask).toMatchObject({ TaskId, FileId: media.id, TasksPriority: 5, SessionContext: 'c' })
      expect(detail.ProcedureTask?.MediaProcessResultSet?.map(({ Type }) => Type)).toEqual([
        'SnapshotByTimeOffset',
        'SampleSnapshot',
        'ImageSprites',
        'CoverBySnapshot',
      ])
      expect(detail.ProcedureTask?.MediaProcessResultSet?.[0]?.SnapshotByTimeOffsetTask).toMatchObject({
        Status: 'PROCESSING',
        Input: MediaProcessTask.SnapshotByTimeOffsetTaskSet[0],
      })
    })

    it('lists presets before custom templates', async () => {
      await client.CreateImageSpriteTemplate({ SampleType: 'Time', SampleInterval: 1, RowCount: 1, ColumnCount: 1 })
      const { TotalCount, ImageSpriteTemplateSet } = await client.DescribeImageSpriteTemplates({})
      expect(TotalCount).toBe(2)
      expect(ImageSpriteTemplateSet?.[0]).toMatchObject({ Definition: 10, Type: 'Preset', Width: 142, RowCount: 10 })
      expect(await client.DescribeSampleSnapshotTemplates({ Type: 'Custom' })).toMatchObject({ TotalCount: 0 })
      expect(await client.DescribeSnapshotByTimeOffsetTemplates({ Definitions: [10] })).toMatchObject({ TotalCount: 1 })
    })

    it('pulls a media from a URL', async () => {
      const Url = 'https://example.com/films/Animal%20World.mp4'
      const { TaskId = '' } = await client.ProcessMedia({ Url, MediaProcessTask: sprites })
      const { ProcedureTask } = await client.DescribeTaskDetail({ TaskId })
      expect(ProcedureTask).toMatchObject({ FileName: 'Animal World', Status: 'PROCESSING' })
      expect(ProcedureTask).not.toHaveProperty('MetaData')
    })

    it('chooses how events reach it, pulls and confirms them', async () => {
      await client.ModifyEventConfig({ Mode: 'PUSH', NotificationUrl: 'http://example.com/hook' })
      await client.ModifyEventConfig({ Mode: 'PULL', DeleteMediaCompleteEventSwitch: 'ON', SignKey: 'abcDEF123' })
      const config = await client.DescribeEventConfig({})
      expect(config).toMatchObject({
        Mode: 'PULL',
        NotificationUrl: 'http://example.com/hook',
        UploadMediaCompleteEventSwitch: 'OFF',
        DeleteMediaCompleteEventSwitch: 'ON',
        PersistenceCompleteEventSwitch: 'OFF',
      })
      expect(JSON.stringify(config)).not.toContain('abcDEF123')
      const run = aRun(media)
      await unitOfWork.stores.runs.insert(run, [], new Date())
      const body = JSON.stringify({ EventType: 'ProcedureStateChanged', ProcedureStateChangeEvent: { TaskId: 't' } })
      const createdAt = new Date()
      const about = { subAppId: mainSubApp, dialect: 'tencent-vod', subjectId: run.id, stateKey: 'finish' }
      const event = { ...about, id: newEventId(1), body, createdAt }
      await unitOfWork.stores.events.insert([{ event, config: defaultEventConfig }])
      expect(await client.DescribeEventsState({})).toMatchObject({ CountOfEventsToPull: 1 })
      const { EventSet = [] } = await client.PullEvents({})
      expect(EventSet).toMatchObject([
        { EventType: 'ProcedureStateChanged', ProcedureStateChangeEvent: { TaskId: 't' } },
      ])
      await client.ConfirmEvents({ EventHandles: EventSet.map(({ EventHandle = '' }) => EventHandle) })
      await expect(client.ConfirmEvents({ EventHandles: ['1'] })).rejects.toMatchObject({
        code: 'InvalidParameterValue',
      })
    })

    it('hears that there is nothing to pull', async () => {
      await expect(client.PullEvents({})).rejects.toMatchObject({ code: 'ResourceNotFound' })
    }, 15_000)

    const ways = (['POST', 'GET'] as const).flatMap((method) =>
      (['TC3-HMAC-SHA256', 'HmacSHA256', 'HmacSHA1'] as const).map((signMethod) => [method, signMethod] as const),
    )
    it.each(ways)('may send a %s signed with %s', async (method, signMethod) => {
      const { TaskId } = await door.client(method, signMethod).ProcessMedia({
        FileId: media.id,
        MediaProcessTask: { SnapshotByTimeOffsetTaskSet: [{ Definition: 10, ExtTimeOffsetSet: ['3.5s', '10%'] }] },
        TasksPriority: -3,
        SessionContext: '中 文+&=',
      })
      const { ProcedureTask } = await client.DescribeTaskDetail({ TaskId: TaskId ?? '' })
      expect(ProcedureTask).toMatchObject({ TasksPriority: -3, SessionContext: '中 文+&=' })
    })

    it('hears of a SessionId that was used', async () => {
      const parameters = { FileId: media.id, MediaProcessTask: sprites, SessionId: 's-1' }
      await client.ProcessMedia(parameters)
      const before = unitOfWork.tables.rowCount
      await expect(client.ProcessMedia(parameters)).rejects.toMatchObject({
        code: 'InvalidParameterValue.SessionId',
        message: expect.stringContaining('SessionId') as string,
      })
      expect(unitOfWork.tables.rowCount).toBe(before)
    })
  })

  it.each([
    ['no action', 'MissingParameter', {}],
    ['an unknown action', 'InvalidAction', { action: 'DeleteEverything' }],
    ['another version', 'NoSuchVersion', { action: 'PullEvents', version: '2017-03-12' }],
    ['no signature', 'AuthFailure.InvalidAuthorization', { action: 'PullEvents', authorization: '' }],
    ['a malformed signature', 'AuthFailure.InvalidAuthorization', { action: 'PullEvents', authorization: 'TC3-x' }],
    ['a wrong secret', 'AuthFailure.SignatureFailure', { action: 'PullEvents', secret: 'x' }],
    ['a clock that is off', 'AuthFailure.SignatureExpire', { action: 'PullEvents', atMs: Date.now() - 301_000 }],
    ['broken JSON', 'InvalidParameter', { action: 'PullEvents', body: '{' }],
    ['a body that is no object', 'InvalidParameter', { action: 'PullEvents', body: '[]' }],
    ['an unknown parameter', 'UnknownParameter', { action: 'PullEvents', body: '{"Nope":1}' }],
  ])('refuses %s with %s', async (_what, code, parameters: RawCall) => {
    expect((await refused(parameters)).Code).toBe(code)
  })

  it.each([
    ['no source', 'MissingParameter', 'FileId', { MediaProcessTask: sprites }],
    ['two sources', 'InvalidParameter', 'Url', { FileId: '1', Url: 'http://h/a', MediaProcessTask: sprites }],
    ['a bad URL', 'InvalidParameterValue', 'Url', { Url: 'ftp://h/a', MediaProcessTask: sprites }],
    ['an unknown file', 'InvalidParameterValue.FileId', 'FileId', { FileId: '1', MediaProcessTask: sprites }],
    ['no tasks', 'MissingParameter', 'MediaProcessTask', {}],
    ['empty task sets', 'MissingParameter', 'MediaProcessTask', { MediaProcessTask: { ImageSpriteTaskSet: [] } }],
    [
      'an unknown template',
      'ResourceNotFound.TemplateNotExist',
      'MediaProcessTask.ImageSpriteTaskSet.1.Definition',
      { MediaProcessTask: { ImageSpriteTaskSet: [{ Definition: 10 }, { Definition: 4711 }] } },
    ],
    [
      'transcoding',
      'UnsupportedOperation',
      'MediaProcessTask.TranscodeTaskSet',
      { MediaProcessTask: { TranscodeTaskSet: [{ Definition: 10 }] } },
    ],
    [
      'an unknown watermark',
      'ResourceNotFound.TemplateNotExist',
      'MediaProcessTask.SampleSnapshotTaskSet.0.WatermarkSet.0.Definition',
      { MediaProcessTask: { SampleSnapshotTaskSet: [{ Definition: 10, WatermarkSet: [{ Definition: 1 }] }] } },
    ],
    ['an AI task', 'UnsupportedOperation', 'AiAnalysisTask', { AiAnalysisTask: { Definition: 1 } }],
    ['a priority out of range', 'InvalidParameterValue', 'TasksPriority', { TasksPriority: 11 }],
    [
      'a long context',
      'InvalidParameterValue.SessionContextTooLong',
      'SessionContext',
      { SessionContext: 'x'.repeat(1001) },
    ],
    ['a long session', 'InvalidParameterValue.SessionIdTooLong', 'SessionId', { SessionId: 'x'.repeat(51) }],
    ['another sub-application', 'InvalidParameterValue.SubAppId', 'SubAppId', { SubAppId: 7 }],
  ])('refuses ProcessMedia with %s: %s naming %s', async (_what, code, field, parameters) => {
    const given = 'FileId' in parameters || 'Url' in parameters || (code === 'MissingParameter' && field === 'FileId')
    const { Code, Message } = await processMedia(given ? parameters : { FileId: media.id, ...parameters })
    expect(Code).toBe(code)
    expect(Message.startsWith(`${field}: `)).toBe(true)
  })

  it.each(['150%', '-1s', 'abc', 'NaN', '1e9s', ''])('refuses the offset %j by its index', async (offset) => {
    const tasks = [{ Definition: 10, ExtTimeOffsetSet: ['1s', offset] }]
    const MediaProcessTask = { SnapshotByTimeOffsetTaskSet: tasks }
    const { Code, Message } = await processMedia({ FileId: media.id, MediaProcessTask })
    expect(Code).toBe('InvalidParameterValue')
    expect(Message).toContain('MediaProcessTask.SnapshotByTimeOffsetTaskSet.0.ExtTimeOffsetSet.1: ')
  })

  it.each([
    [{ Definition: 10, TimeOffsetSet: [0, -1] }, 'InvalidParameterValue', 'TimeOffsetSet.1'],
    [{ Definition: 10, TimeOffsetSet: ['1'] }, 'InvalidParameter', 'TimeOffsetSet.0'],
    [{ Definition: 10 }, 'MissingParameter', 'ExtTimeOffsetSet'],
    [{ ExtTimeOffsetSet: ['1s'] }, 'MissingParameter', 'Definition'],
    [{ Definition: '10', ExtTimeOffsetSet: ['1s'] }, 'InvalidParameter', 'Definition'],
  ])('refuses the snapshot task %j with %s', async (task, code, field) => {
    const MediaProcessTask = { SnapshotByTimeOffsetTaskSet: [task] }
    const { Code, Message } = await processMedia({ FileId: media.id, MediaProcessTask })
    expect({ Code, isNamed: Message.includes(field) }).toEqual({ Code: code, isNamed: true })
  })

  it.each([
    ['CreateSnapshotByTimeOffsetTemplate', { Width: 31 }, 'InvalidParameterValue.Width'],
    ['CreateSnapshotByTimeOffsetTemplate', { Format: 'bmp' }, 'InvalidParameterValue.Format'],
    ['CreateSnapshotByTimeOffsetTemplate', { Name: 'x'.repeat(65) }, 'InvalidParameterValue.Name'],
    ['CreateSampleSnapshotTemplate', { SampleType: 'Percent' }, 'MissingParameter'],
    [
      'CreateSampleSnapshotTemplate',
      { SampleType: 'Percent', SampleInterval: 101 },
      'InvalidParameterValue.SampleInterval',
    ],
    [
      'CreateImageSpriteTemplate',
      { SampleType: 'Time', SampleInterval: 1, RowCount: 11, ColumnCount: 10 },
      'InvalidParameterValue.RowCount',
    ],
    [
      'CreateImageSpriteTemplate',
      { SampleType: 'Time', SampleInterval: 1, RowCount: 1, ColumnCount: 10, Width: 1600 },
      'InvalidParameterValue.Width',
    ],
    ['DescribeImageSpriteTemplates', { Limit: 101 }, 'InvalidParameterValue.Limit'],
    ['ProcessMediaByProcedure', { FileId: '1', ProcedureName: 'nobody' }, 'InvalidParameterValue.FileId'],
    ['CreateProcedureTemplate', { Name: 'empty' }, 'MissingParameter'],
    ['DescribeTaskDetail', { TaskId: '1500000000-Procedure-x' }, 'InvalidParameterValue.TaskId'],
    ['ModifyEventConfig', { Mode: 'PUSH', NotificationUrl: 'javascript:1' }, 'InvalidParameterValue'],
    ['ModifyEventConfig', { UploadMediaCompleteEventSwitch: 'on' }, 'InvalidParameterValue'],
    ['ModifyEventConfig', { SignKey: 'with space' }, 'InvalidParameterValue'],
    ['ModifyEventConfig', { SignKey: 'x'.repeat(33) }, 'InvalidParameterValue'],
    ['ConfirmEvents', { EventHandles: [] }, 'InvalidParameterValue'],
  ])('refuses %s of %j with %s', async (action, parameters, code) => {
    expect((await refused({ action, body: JSON.stringify(parameters) })).Code).toBe(code)
  })

  it('names an unknown procedure, and one that is there already', async () => {
    const unknown = { FileId: media.id, ProcedureName: 'nobody' }
    const body = JSON.stringify(unknown)
    expect((await refused({ action: 'ProcessMediaByProcedure', body })).Code).toBe(
      'InvalidParameterValue.ProcedureName',
    )
    await client.CreateProcedureTemplate({ Name: 'p', MediaProcessTask: sprites })
    const again = JSON.stringify({ Name: 'p', MediaProcessTask: sprites })
    expect((await refused({ action: 'CreateProcedureTemplate', body: again })).Code).toBe(
      'InvalidParameter.ExistedProcedureName',
    )
  })

  it('refuses invalid UTF-8, and lives', async () => {
    const body = Uint8Array.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d])
    expect((await refused({ action: 'ProcessMedia', body })).Code).toBe('InvalidParameter')
  })

  it('refuses a body of 20 MB, and lives', async () => {
    const body = new Uint8Array(20 * 1024 * 1024)
    expect((await refused({ action: 'ProcessMedia', body })).Code).toBe('RequestSizeLimitExceeded')
    expect(await client.DescribeEventConfig({})).toMatchObject({ Mode: 'PULL' })
  })

  it('refuses a signed form that was sent before, and one without an action', async () => {
    const form = new URLSearchParams({ ...aSignedForm(), Action: 'DescribeEventConfig' })
    form.set('Signature', signForm({ method: 'POST', path: '/' }, form, secretKey, `127.0.0.1:${port}`))
    const send = async () => (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: form })).json()
    expect(await send()).toMatchObject({ Response: { Mode: 'PULL' } })
    expect(await send()).toMatchObject({ Response: { Error: { Code: 'AuthFailure.SignatureExpire' } } })
    form.delete('Action')
    expect(await send()).toMatchObject({ Response: { Error: { Code: 'MissingParameter' } } })
  })

  it('answers in its envelope when something of ours breaks, and says nothing of it', async () => {
    const broken = jest.spyOn(unitOfWork.stores.procedures, 'list').mockRejectedValue(new Error('a secret cause'))
    const { Code, Message } = await refused({ action: 'DescribeProcedureTemplates' })
    expect(Code).toBe('InternalError')
    expect(Message).not.toMatch(/secret|\.ts|at /)
    broken.mockRestore()
    expect(await client.DescribeProcedureTemplates({ Type: 'Custom' })).toMatchObject({ TotalCount: 0 })
  })

  it('answers every method at its door, and leaves other paths alone', async () => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const response = await fetch(`http://127.0.0.1:${port}/?x=1`, { method })
      expect(response.status).toBe(200)
      refusal.parse(await response.json())
    }
    expect((await fetch(`http://127.0.0.1:${port}/other`, { method: 'POST' })).status).toBe(404)
  })
})

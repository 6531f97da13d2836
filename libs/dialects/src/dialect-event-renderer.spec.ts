import { aMedia, aMediaInfo, anOutput, aRun, aTask, ExampleFileUrls } from '@libs/testing'
import type { DomainEvent, ProcedureStateChanged, SucceededTask } from '@libs/workflow'
import { DialectEventRenderer } from './dialect-event-renderer'

const renderer = new DialectEventRenderer(new ExampleFileUrls())

describe('ProcedureStateChanged', () => {
  it("has the shape of the vendor's callbacks", () => {
    const media = aMedia()
    const run = aRun(media, { state: 'finished', sessionContext: 'c' })
    const times = { startedAt: new Date('2026-11-18T11:06:41.000Z'), finishedAt: new Date('2026-11-18T11:06:42.500Z') }
    const task = aTask(run, 'imageSprites', times)
    const failed = aTask(run, 'coverBySnapshot', {
      ...times,
      state: 'failed',
      progressPercent: 37,
      fault: { code: 'media.noVideo', detail: 'no' },
    })
    const tasks = [
      { ...task, state: 'succeeded', progressPercent: 100, output: anOutput.imageSprites },
      failed,
    ] as SucceededTask<'imageSprites'>[]
    const body = renderer.render('', {
      type: 'procedureStateChanged',
      media,
      report: { run, tasks },
    })
    const url = 'http://files.example.com/artifacts/0/1/still-0.jpg'
    const ended = { BeginProcessTime: '2026-11-18T11:06:41Z', FinishTime: '2026-11-18T11:06:42Z' }
    expect(body).toBe(
      JSON.stringify({
        EventType: 'ProcedureStateChanged',
        ProcedureStateChangeEvent: {
          TaskId: `1500000000-Procedure-${run.id}t0`,
          Status: 'FINISH',
          ErrCode: 0,
          Message: 'SUCCESS',
          FileId: media.id,
          FileName: 'clip',
          FileUrl: `http://files.example.com/${media.sourceKey}`,
          MetaData: {
            AudioDuration: 20,
            AudioStreamSet: [{ Bitrate: 2000, Codec: 'aac', SamplingRate: 48000 }],
            Bitrate: 40000,
            Container: aMediaInfo.container,
            Duration: 20,
            Height: 360,
            Rotate: 0,
            Size: 100000,
            VideoDuration: 20,
            VideoStreamSet: [{ Bitrate: 38000, Codec: 'h264', Fps: 25, Height: 360, Width: 640 }],
            Width: 640,
          },
          MediaProcessResultSet: [
            {
              Type: 'ImageSprites',
              ImageSpriteTask: {
                Status: 'SUCCESS',
                ErrCode: 0,
                ErrCodeExt: '',
                Message: 'SUCCESS',
                Input: { Definition: 10 },
                Output: { Definition: 10, Height: 80, Width: 142, TotalCount: 10, ImageUrlSet: [url], WebVttUrl: url },
                Progress: 100,
                ...ended,
              },
            },
            {
              Type: 'CoverBySnapshot',
              CoverBySnapshotTask: {
                Status: 'FAIL',
                ErrCode: 60000,
                ErrCodeExt: 'SourceFileError.NoVideoMedia',
                Message: 'no',
                Input: { Definition: 10, PositionType: 'Percent', PositionValue: 50 },
                Progress: 37,
                ...ended,
              },
            },
          ],
          TasksPriority: 0,
          TasksNotifyMode: '',
          SessionContext: 'c',
          SessionId: '',
        },
      }),
    )
  })

  it('tells the time of the frame in each still, beside what was asked', () => {
    const media = aMedia()
    const run = aRun(media, { state: 'finished' })
    const kinds = ['snapshotByTimeOffset', 'sampleSnapshot', 'coverBySnapshot'] as const
    const tasks = kinds.map((kind) => ({ ...aTask(run, kind), state: 'succeeded', output: anOutput[kind] }))
    const report = { run, tasks: tasks as readonly SucceededTask[] } as ProcedureStateChanged['report']
    const body: unknown = JSON.parse(renderer.render('', { type: 'procedureStateChanged', media, report }))
    const url = 'http://files.example.com/artifacts/0/1/still-0.jpg'
    expect(body).toMatchObject({
      ProcedureStateChangeEvent: {
        MediaProcessResultSet: [
          { SnapshotByTimeOffsetTask: { Output: { PicInfoSet: [{ TimeOffset: 3_500, FramePts: 3_480, Url: url }] } } },
          { SampleSnapshotTask: { Output: { ImageUrlSet: [url], FramePtsSet: [3_480] } } },
          { CoverBySnapshotTask: { Output: { CoverUrl: url, FramePts: 3_480 } } },
        ],
      },
    })
  })

  it('leaves out what is not known of a media that could not be read, and keeps what was asked', () => {
    const media = aMedia({ state: 'failed', info: undefined })
    const run = aRun(media, { state: 'processing', notifyMode: 'change', priority: -3 })
    const tasks = [aTask(run, 'snapshotByTimeOffset')] as SucceededTask<'snapshotByTimeOffset'>[]
    const event = { type: 'procedureStateChanged', media, report: { run, tasks } } as const
    const body: unknown = JSON.parse(renderer.render('tencent-vod', event))
    expect(body).toMatchObject({
      ProcedureStateChangeEvent: {
        Status: 'PROCESSING',
        TasksPriority: -3,
        TasksNotifyMode: 'Change',
        MediaProcessResultSet: [
          {
            SnapshotByTimeOffsetTask: {
              Status: 'PROCESSING',
              Message: '',
              Input: { Definition: 10, ExtTimeOffsetSet: ['3.5s'] },
              Progress: 0,
            },
          },
        ],
      },
    })
    expect(body).not.toHaveProperty('ProcedureStateChangeEvent.MetaData')
  })
})

describe('events about media', () => {
  const render = (event: Exclude<DomainEvent, ProcedureStateChanged>): unknown => JSON.parse(renderer.render('', event))

  it('tell that an upload is there, what is in it, and which task was started with it', () => {
    const media = aMedia()
    const nextRunId = aRun(media).id
    const run = aRun(media, { type: 'ingest', nextRunId })
    expect(render({ type: 'mediaUploaded', run, media })).toMatchObject({
      EventType: 'NewFileUpload',
      FileUploadEvent: {
        FileId: media.id,
        MediaBasicInfo: { Name: 'clip', Type: 'mp4', Category: 'Video', CoverUrl: '', Status: 'Normal' },
        ProcedureTaskId: `1500000000-Procedure-${nextRunId}t0`,
        MetaData: { Duration: 20 },
      },
    })
    const broken = aMedia({ state: 'failed', info: undefined })
    expect(render({ type: 'mediaUploaded', run: aRun(broken, { type: 'ingest' }), media: broken })).toMatchObject({
      FileUploadEvent: { ProcedureTaskId: '', MetaData: null },
    })
  })

  it('tell how a pull has ended', () => {
    const media = aMedia()
    const run = aRun(media, { type: 'pull', sessionContext: 'c' })
    expect(render({ type: 'mediaPulled', run, media })).toMatchObject({
      EventType: 'PullComplete',
      PullCompleteEvent: {
        TaskId: `1500000000-Pull-${run.id}`,
        ...{ Status: 'FINISH', ErrCode: 0, Message: 'SUCCESS', FileId: media.id, SessionContext: 'c' },
        FileUrl: `http://files.example.com/${media.sourceKey}`,
      },
    })
    const fault = { code: 'media.notAccessible', detail: 'The server answered 404.' } as const
    const failed = aMedia({ state: 'failed', info: undefined, fault })
    expect(render({ type: 'mediaPulled', run, media: failed })).toMatchObject({
      PullCompleteEvent: { Status: 'FINISH', ErrCode: 60000, Message: 'The server answered 404.', FileUrl: '' },
    })
  })

  it('tell that a file is gone', () => {
    const media = aMedia()
    const told = (DeleteParts: readonly object[]) => ({
      EventType: 'FileDeleted',
      FileDeleteEvent: { FileIdSet: [media.id], FileDeleteResultInfo: [{ FileId: media.id, DeleteParts }] },
    })
    expect(render({ type: 'mediaDeleted', parts: undefined, media })).toEqual(told([]))
    const parts = [{ Type: 'OriginalFiles', Definition: 0 }]
    expect(render({ type: 'mediaDeleted', parts: ['source'], media })).toEqual(told(parts))
  })
})

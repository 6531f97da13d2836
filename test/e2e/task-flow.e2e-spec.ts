import { makeLumaClock, queueBackends } from '@libs/testing'
import { join } from 'node:path'
import { CallbackReceiver } from './neighbours/callback-receiver'
import { FileServer } from './neighbours/file-server'
import { ClockPictures } from './pictures/clock-pictures'
import { documentedEvent, membersOf } from './pictures/event-members'
import { fourResultsOf, parseTaskEvent, procedureTask, resultsOf } from './pictures/task-event'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'

const clip = { name: 'clock.mp4', seconds: 12.4 }

describe.each(queueBackends())('the task flow on %s', (backend) => {
  let product: TestProduct
  let receiver: CallbackReceiver
  let files: FileServer
  let pictures: ClockPictures
  let procedure: Awaited<ReturnType<typeof createProcedure>>
  let fileId: string

  beforeAll(async () => {
    product = await startTestProduct({ backend, egressAllow: '127.0.0.0/8' })
    receiver = new CallbackReceiver()
    files = new FileServer(product.folder)
    await Promise.all([receiver.open(), files.open()])
    pictures = new ClockPictures(product.folder)
    await makeLumaClock({ path: join(product.folder, clip.name), seconds: clip.seconds, sound: true })
    await product.vendor.ModifyEventConfig({ Mode: 'PUSH', NotificationUrl: receiver.url })
    procedure = await createProcedure(product)
    fileId = (await product.rest.upload(join(product.folder, clip.name))).mediaId
  })

  afterAll(async () => {
    await stopTestProducts()
    await Promise.all([receiver.close(), files.close()])
  })

  it('goes from an upload that names a procedure to one event with pictures that show what they claim', async () => {
    const form = { procedure: procedure.name, sessionContext: '订单 7' }
    const { mediaId, runId = '' } = await product.rest.upload(join(product.folder, clip.name), form)
    const delivery = await receiver.finishOf(runId)
    expect(delivery.contentType).toBe('application/json')
    const documented = membersOf(documentedEvent)
    expect(membersOf(JSON.parse(delivery.body)).filter((member) => documented.includes(member))).toEqual(documented)

    const task = parseTaskEvent(delivery.body)
    expect(task).toMatchObject({ FileId: mediaId, Status: 'FINISH', SessionContext: '订单 7', TasksPriority: 0 })
    expect(task.MetaData?.Duration).toBe(clip.seconds)
    const { snapshots, samples, sprites, cover } = fourResultsOf(task)
    for (const result of [snapshots, samples, sprites, cover]) {
      expect(result).toMatchObject({ Status: 'SUCCESS', ErrCode: 0, ErrCodeExt: '', Message: 'SUCCESS' })
    }

    const offsets = snapshots.Output?.PicInfoSet ?? []
    expect(offsets.map(({ TimeOffset }) => TimeOffset)).toEqual([3500, 1240, 11_900, 12_400])
    expect(await pictures.secondsOf(offsets.map(({ Url }) => Url))).toEqual([3, 1, 11, 12])

    expect(samples.Output).toMatchObject({ SampleType: 'Percent', Interval: 10 })
    expect(await pictures.secondsOf(samples.Output?.ImageUrlSet ?? [])).toEqual([0, 1, 2, 3, 4, 6, 7, 8, 9, 11])

    const { ImageUrlSet: sheets = [], WebVttUrl: vtt = '' } = sprites.Output ?? {}
    expect(sprites.Output).toMatchObject({ Definition: procedure.sprites, Width: 160, Height: 90, TotalCount: 13 })
    expect(sheets).toHaveLength(3)
    const cues = await pictures.cuesOf(vtt, sheets)
    expect(cues.map(({ startMs, shows }) => [startMs, shows])).toEqual(
      Array.from({ length: 13 }, (_, second) => [second * 1000, second]),
    )
    expect(cues.at(-1)?.endMs).toBe(clip.seconds * 1000)

    const { CoverUrl = '' } = cover.Output ?? {}
    expect(await pictures.secondsOf([CoverUrl])).toEqual([5])
    expect(await product.rest.media(mediaId)).toMatchObject({ state: 'ready', coverUrl: CoverUrl })

    expect(receiver.about(runId)).toEqual([delivery])
    const detail = await product.vendor.DescribeTaskDetail({ TaskId: task.TaskId })
    expect(detail).toMatchObject({ TaskType: 'Procedure', Status: 'FINISH' })
    expect(procedureTask.parse(detail.ProcedureTask)).toEqual(task)
  })

  it('answers ProcessMedia at once while its workers are busy, and takes offsets of every form', async () => {
    const busy = await product.vendor.ProcessMediaByProcedure({ FileId: fileId, ProcedureName: procedure.name })
    const askedAtMs = Date.now()
    const { TaskId = '' } = await product.vendor.ProcessMedia({
      FileId: fileId,
      MediaProcessTask: {
        SnapshotByTimeOffsetTaskSet: [
          { Definition: 10, ExtTimeOffsetSet: ['3.5s', '10%'], TimeOffsetSet: [0, 7000.5, 10_040] },
        ],
      },
      SessionContext: 'a "quoted" context',
      SessionId: 'session-1',
      TasksPriority: 3,
    })
    expect(Date.now() - askedAtMs).toBeLessThan(1000)
    const task = parseTaskEvent((await receiver.finishOf(TaskId)).body)
    expect(task).toMatchObject({
      TaskId,
      SessionContext: 'a "quoted" context',
      SessionId: 'session-1',
      TasksPriority: 3,
      TasksNotifyMode: '',
    })
    const [result] = task.MediaProcessResultSet
    if (result?.Type !== 'SnapshotByTimeOffset') throw new Error('There is no result of the one task.')
    const offsets = result.SnapshotByTimeOffsetTask.Output?.PicInfoSet ?? []
    expect(offsets.map(({ TimeOffset }) => TimeOffset)).toEqual([3500, 1240, 0, 7000.5, 10_040])
    expect(await pictures.secondsOf(offsets.map(({ Url }) => Url))).toEqual([3, 1, 0, 7, 10])
    await receiver.finishOf(busy.TaskId ?? '')
  })

  it('takes a SessionId once', async () => {
    const process = () =>
      product.vendor.ProcessMedia({
        FileId: fileId,
        MediaProcessTask: { ImageSpriteTaskSet: [{ Definition: 10 }] },
        SessionId: 'session-2',
      })
    const calls = await Promise.allSettled([process(), process(), process()])
    const refused = calls.filter(({ status }) => status === 'rejected')
    expect(refused).toMatchObject(Array(2).fill({ reason: { code: 'InvalidParameterValue.SessionId' } }))
  })

  it('pulls a media from a URL, for a procedure and for ProcessMedia', async () => {
    const { runId = '' } = await product.rest.pull(files.urlOf(clip.name), { procedure: procedure.name })
    const { TaskId = '' } = await product.vendor.ProcessMedia({
      Url: files.urlOf(clip.name),
      MediaProcessTask: {
        CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: 'Percent', PositionValue: 100 }],
      },
    })
    for (const id of [runId, TaskId]) {
      const task = parseTaskEvent((await receiver.finishOf(id)).body)
      expect(task.MetaData?.Duration).toBe(clip.seconds)
      expect(new Set(resultsOf(task).map(({ Status }) => Status))).toEqual(new Set(['SUCCESS']))
    }
    expect(files.requests).toBe(2)
  })

  it('runs the task of higher priority first, although it came later', async () => {
    const submit = async (TasksPriority: number) => {
      const work = { MediaProcessTask: { ImageSpriteTaskSet: [{ Definition: procedure.sprites }] } }
      const { TaskId = '' } = await product.vendor.ProcessMedia({ FileId: fileId, ...work, TasksPriority })
      return TaskId
    }
    // Enough to keep the worker busy until both are there, wherever they wait: the queue holds few, and keeps order too.
    const first = await Promise.all(Array.from({ length: 6 }, () => submit(10)))
    const low = await submit(-10)
    const high = await submit(9)
    await Promise.all([...first, low, high].map((id) => receiver.finishOf(id)))
    const [lowRun, highRun] = await Promise.all([product.rest.run(low), product.rest.run(high)])
    expect(Date.parse(highRun.finishedAt ?? '')).toBeLessThan(Date.parse(lowRun.finishedAt ?? ''))
  })
})

/** Stores a template of each kind, and a procedure that uses them, through the vendor's client. */
async function createProcedure({ vendor }: TestProduct) {
  const Name = 'every kind'
  const snapshot = await vendor.CreateSnapshotByTimeOffsetTemplate({ Name, Width: 320, Height: 0, Format: 'png' })
  const sample = await vendor.CreateSampleSnapshotTemplate({ Name, SampleType: 'Percent', SampleInterval: 10 })
  const sheet = { Name, Width: 160, Height: 90, RowCount: 2, ColumnCount: 3 }
  const sprite = await vendor.CreateImageSpriteTemplate({ ...sheet, SampleType: 'Time', SampleInterval: 1 })
  const { Definition: snapshots = 0 } = snapshot
  const { Definition: samples = 0 } = sample
  const { Definition: sprites = 0 } = sprite
  const MediaProcessTask = {
    SnapshotByTimeOffsetTaskSet: [{ Definition: snapshots, ExtTimeOffsetSet: ['3.5s', '10%', '11.9s', '100%'] }],
    SampleSnapshotTaskSet: [{ Definition: samples }],
    ImageSpriteTaskSet: [{ Definition: sprites }],
    CoverBySnapshotTaskSet: [{ Definition: snapshots, PositionType: 'Time', PositionValue: 5 }],
  }
  await vendor.CreateProcedureTemplate({ Name, MediaProcessTask })
  return { name: Name, sprites }
}

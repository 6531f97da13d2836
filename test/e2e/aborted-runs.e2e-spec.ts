import { h264, makeLumaClock, queueBackends, testMediaTools } from '@libs/testing'
import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CallbackReceiver } from './neighbours/callback-receiver'
import { parseTaskEvent, resultsOf } from './pictures/task-event'
import { processesOf } from './product/processes'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const secondMs = 1_000

describe.each(queueBackends())('runs that are aborted on %s', (backend) => {
  let product: TestProduct
  let receiver: CallbackReceiver
  let hour: string
  let definition: number

  beforeAll(async () => {
    product = await startTestProduct({ backend, egressAllow: '127.0.0.0/8' })
    receiver = new CallbackReceiver()
    await receiver.open()
    await product.vendor.ModifyEventConfig({ Mode: 'PUSH', NotificationUrl: receiver.url })
    hour = await makeHour(product.folder)
    const everySecond = { SampleType: 'Time', SampleInterval: 1, Width: 142, Height: 80 }
    const grid = { RowCount: 10, ColumnCount: 10 }
    const created = await product.vendor.CreateImageSpriteTemplate({ ...everySecond, ...grid })
    definition = created.Definition ?? 0
  })

  afterAll(async () => {
    await stopTestProducts()
    await receiver.close()
  })

  it('end within a second, with what was done by then and nothing left behind', async () => {
    const { mediaId: FileId } = await product.rest.upload(hour)
    // The worker does one thing at a time: with one sprite under way, the other one waits in the queue.
    const MediaProcessTask = {
      SnapshotByTimeOffsetTaskSet: [{ Definition: 10, ExtTimeOffsetSet: ['1s'] }],
      ImageSpriteTaskSet: [{ Definition: definition }, { Definition: definition }],
    }
    const { TaskId = '' } = await product.vendor.ProcessMedia({ FileId, MediaProcessTask })
    const seen = await followProgress(TaskId)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(scratchOf(await readdir(product.workDir, { recursive: true }))).not.toEqual([])

    const askedMs = performance.now()
    await product.rest.abort(TaskId)
    const { body } = await receiver.finishOf(TaskId)
    expect(performance.now() - askedMs).toBeLessThan(secondMs)
    await waitFor('An idle product', secondMs, async () => (await isIdle()) || undefined)
    expect(performance.now() - askedMs).toBeLessThan(secondMs)

    const aborted = { Status: 'FAIL', Message: 'The run was aborted.' }
    const results = resultsOf(parseTaskEvent(body))
    expect(results).toMatchObject([{ Status: 'SUCCESS', Progress: 100 }, aborted, aborted])
    const [untouched = 100, begun = 0] = results.map(({ Progress }) => Progress).sort((a, b) => a - b)
    expect(untouched).toBe(0)
    expect(begun).toBeGreaterThanOrEqual(seen.at(-1) ?? 100)
    const detail = await product.vendor.DescribeTaskDetail({ TaskId })
    expect(detail).toMatchObject({ Status: 'ABORTED', ProcedureTask: { Status: 'FINISH' } })
    const run = await product.rest.run(TaskId)
    // A frame each second, of a film of an hour.
    const { frames, framesDone = 0 } = run.tasks.find(({ progressPercent }) => progressPercent === begun) ?? {}
    expect([frames, Math.floor(framesDone / 36)]).toEqual([3_600, begun])
    expect(run).toMatchObject({
      state: 'aborted',
      progressPercent: 100,
      tasks: [
        { state: 'succeeded', progressPercent: 100, framesDone: 1, frames: 1 },
        { state: 'failed', fault: { code: 'task.aborted' } },
        { state: 'failed', fault: { code: 'task.aborted' } },
      ],
    })

    // Asked again it stays as it is, and its worker is free for others.
    await product.rest.abort(TaskId)
    const next = await product.vendor.ProcessMedia({
      FileId,
      MediaProcessTask: { ImageSpriteTaskSet: [{ Definition: 10 }] },
    })
    const after = parseTaskEvent((await receiver.finishOf(next.TaskId ?? '')).body)
    expect(resultsOf(after)).toMatchObject([{ Status: 'SUCCESS', Progress: 100 }])
    expect(receiver.about(TaskId)).toHaveLength(1)
  })

  /** Until a sprite is on its way and the snapshot is done. @returns the percents of the sprite that were seen */
  async function followProgress(taskId: string): Promise<readonly number[]> {
    const seen: number[] = []
    return waitFor('Progress', 60_000, async () => {
      const { ProcedureTask } = await product.vendor.DescribeTaskDetail({ TaskId: taskId })
      const [snapshot, ...sprites] = ProcedureTask?.MediaProcessResultSet ?? []
      seen.push(Math.max(...sprites.map(({ ImageSpriteTask }) => ImageSpriteTask?.Progress ?? 0)))
      const isOnItsWay = (seen.at(-1) ?? 0) > 0
      return isOnItsWay && snapshot?.SnapshotByTimeOffsetTask?.Status === 'SUCCESS' ? seen : undefined
    })
  }

  async function isIdle(): Promise<boolean> {
    const isDecoding = processesOf(product).some(({ command }) => command.includes('ffmpeg'))
    return !isDecoding && scratchOf(await readdir(product.workDir, { recursive: true })).length === 0
  }
})

/** What tasks have in the folder of workspaces, beside the folders of the worker processes. */
function scratchOf(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => path.includes('/'))
}

/** A film of an hour, in no time: a minute, its packets copied sixty times. */
async function makeHour(folder: string): Promise<string> {
  const [minute, hour] = [join(folder, 'minute.mp4'), join(folder, 'hour.mp4')]
  await makeLumaClock({ path: minute, seconds: 60, encoding: h264({ gopFrames: 250 }) })
  const loop = ['-v', 'error', '-stream_loop', '59', '-i', minute, '-c', 'copy', hour]
  await promisify(execFile)(testMediaTools().ffmpegPath, loop)
  return hour
}

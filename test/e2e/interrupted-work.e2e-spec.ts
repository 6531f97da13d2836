import { makeLumaClock, queueBackends } from '@libs/testing'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { CallbackReceiver } from './neighbours/callback-receiver'
import { ClockPictures } from './pictures/clock-pictures'
import { parseTaskEvent, resultsOf } from './pictures/task-event'
import { processesOf } from './product/processes'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

describe.each(queueBackends())('work that is interrupted on %s', (backend) => {
  let product: TestProduct
  let receiver: CallbackReceiver
  let clip: string

  beforeAll(async () => {
    product = await startTestProduct({ backend, egressAllow: '127.0.0.0/8' })
    receiver = new CallbackReceiver()
    await receiver.open()
    clip = join(product.folder, 'clock.mp4')
    await makeLumaClock({ path: clip, seconds: 10 })
    await product.vendor.ModifyEventConfig({ Mode: 'PUSH', NotificationUrl: receiver.url })
  })

  afterAll(async () => {
    await stopTestProducts()
    await receiver.close()
  })

  /** Starts a task of some seconds, and waits until ffmpeg is at it. */
  async function startLongTask() {
    const { mediaId: FileId } = await product.rest.upload(clip)
    const long = { Width: 3840, SampleType: 'Time', SampleInterval: 1 }
    const { Definition = 0 } = await product.vendor.CreateSampleSnapshotTemplate({ ...long, Format: 'png' })
    const MediaProcessTask = { SampleSnapshotTaskSet: [{ Definition }] }
    const [worker] = workers()
    const { TaskId = '' } = await product.vendor.ProcessMedia({ FileId, MediaProcessTask })
    await waitFor('A frame grabber of the task', 10_000, async () => {
      const workspace = await workspaceOf(product, worker?.pid)
      return workspace && processesOf(product).find(({ command }) => command.includes('ffmpeg'))
    })
    return { TaskId, pid: worker?.pid ?? 0 }
  }

  const workers = () => processesOf(product).filter(({ command }) => command.includes('worker-sample-snapshot'))

  // The lock has to end first: that takes 15 s, and up to 7.5 s more until somebody looks.
  it('costs some time and nothing else when its worker is killed', async () => {
    const { TaskId, pid } = await startLongTask()
    process.kill(pid, 'SIGKILL')

    const task = parseTaskEvent((await receiver.finishOf(TaskId, 60_000)).body)
    const [result] = task.MediaProcessResultSet
    if (result?.Type !== 'SampleSnapshot') throw new Error('There is no result of the one task.')
    expect(result.SampleSnapshotTask.Status).toBe('SUCCESS')
    const urls = result.SampleSnapshotTask.Output?.ImageUrlSet ?? []
    const shown = await new ClockPictures(product.folder).secondsOf(urls)
    expect(shown).toEqual(Array.from({ length: 10 }, (_, second) => second))
    expect(receiver.about(TaskId)).toHaveLength(1)
    const [worker] = workers()
    expect(worker?.pid).not.toBe(pid)
  })

  it('leaves nothing behind when the product is stopped, and is done when that is started again', async () => {
    const { TaskId } = await startLongTask()
    expect(processesOf(product).length).toBeGreaterThan(7)
    await product.stop()
    expect(processesOf(product)).toEqual([])
    expect(await readdir(product.workDir)).toEqual([])
    await expect(fetch(product.url)).rejects.toThrow('fetch failed')
    expect(receiver.about(TaskId)).toEqual([])

    product = await product.startAgain()
    const task = parseTaskEvent((await receiver.finishOf(TaskId, 60_000)).body)
    expect(resultsOf(task).map(({ Status }) => Status)).toEqual(['SUCCESS'])
    expect(receiver.about(TaskId)).toHaveLength(1)
  })
})

/** The scratch folder of a task that a worker is at, when there is one. */
async function workspaceOf({ workDir }: TestProduct, pid = 0): Promise<string | undefined> {
  const paths = await readdir(workDir, { recursive: true })
  return paths.find((path) => new RegExp(`-${pid}\\b.*/`).test(path))
}

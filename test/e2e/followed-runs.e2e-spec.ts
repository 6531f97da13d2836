import { makeLumaClock } from '@libs/testing'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { CallbackReceiver } from './neighbours/callback-receiver'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const id = z.string().optional()
const line = z.looseObject({ app: id, msg: id, requestId: id, runId: id, taskId: id, jobId: id })

/** Whatever a product's apps have logged. */
function linesOf({ folder }: TestProduct): readonly z.infer<typeof line>[] {
  const logs = join(folder, 'data', 'logs')
  const texts = readdirSync(logs).flatMap((name) => readFileSync(join(logs, name), 'utf8').split('\n').slice(0, -1))
  return texts.filter((text) => text.startsWith('{')).map((text) => line.parse(JSON.parse(text)))
}

describe('a run', () => {
  let product: TestProduct
  let receiver: CallbackReceiver

  beforeAll(async () => {
    receiver = new CallbackReceiver()
    await receiver.open()
    product = await startTestProduct({ backend: 'postgres', egressAllow: '127.0.0.0/8' })
    await product.vendor.ModifyEventConfig({ Mode: 'PUSH', NotificationUrl: receiver.url })
  })

  afterAll(async () => {
    await stopTestProducts()
    await receiver.close()
  })

  it('is followed through the logs by the id of its call', async () => {
    const clip = join(product.folder, 'clock.mp4')
    await makeLumaClock({ path: clip, seconds: 2 })
    const { mediaId: FileId } = await product.rest.upload(clip)
    const MediaProcessTask = { SampleSnapshotTaskSet: [{ Definition: 10 }], ImageSpriteTaskSet: [{ Definition: 10 }] }
    const { TaskId = '', RequestId: requestId } = await product.vendor.ProcessMedia({ FileId, MediaProcessTask })
    await receiver.finishOf(TaskId)
    const lines = await waitFor('The last line', 10_000, () => {
      const own = linesOf(product).filter((each) => each.requestId === requestId)
      return own.some(({ msg }) => msg === 'The event is delivered.') ? own : undefined
    })
    const [runId] = /[0-9a-f]{32}/.exec(TaskId) ?? []
    expect(new Set(lines.map((each) => each.runId))).toEqual(new Set([runId]))
    const told = (app: string) => lines.filter((each) => each.app === app)
    expect(told('api')).toMatchObject([{ msg: 'A call was answered.', route: 'ProcessMedia', status: 200 }])
    expect(told('conductor').map(({ msg }) => msg)).toEqual([
      'An outcome was settled.',
      'An outcome was settled.',
      'The event is delivered.',
    ])
    for (const app of ['worker sampleSnapshot', 'worker imageSprites']) {
      const [first, ...others] = told(app)
      expect(first).toMatchObject({ msg: 'The task starts.' })
      const [taskId = '', jobId] = [first?.taskId, first?.jobId]
      expect(jobId).toBe(`x-${taskId}-g1`)
      expect(others.map(({ msg }) => msg)).toEqual(['Pictures were captured.', 'The task succeeded.'])
      for (const each of others) expect(each).toMatchObject({ taskId, jobId })
      const settled = told('conductor').filter((each) => each.taskId === taskId)
      expect(settled).toMatchObject([{ jobId: `s-${taskId}-g1`, settlement: 'succeeded' }])
    }
  })
})

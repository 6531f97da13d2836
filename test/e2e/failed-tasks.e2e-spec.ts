import { makeLumaClock, queueBackends } from '@libs/testing'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CallbackReceiver } from './neighbours/callback-receiver'
import { ClockPictures } from './pictures/clock-pictures'
import { fourResultsOf, parseTaskEvent, resultsOf } from './pictures/task-event'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'

const everyKind = (ExtTimeOffsetSet: string[]) => ({
  SnapshotByTimeOffsetTaskSet: [{ Definition: 10, ExtTimeOffsetSet }],
  SampleSnapshotTaskSet: [{ Definition: 10 }],
  ImageSpriteTaskSet: [{ Definition: 10 }],
  CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: 'Percent', PositionValue: 50 }],
})

describe.each(queueBackends())('tasks that fail on %s', (backend) => {
  let product: TestProduct
  let receiver: CallbackReceiver
  let file: (name: string) => string

  beforeAll(async () => {
    product = await startTestProduct({ backend, egressAllow: '127.0.0.0/8' })
    receiver = new CallbackReceiver()
    await receiver.open()
    file = (name) => join(product.folder, name)
    await product.vendor.ModifyEventConfig({ Mode: 'PUSH', NotificationUrl: receiver.url })
    await product.vendor.CreateProcedureTemplate({ Name: 'every kind', MediaProcessTask: everyKind(['0s']) })
    await makeLumaClock({ path: file('clock.mp4'), seconds: 4, sound: true })
  })

  afterAll(async () => {
    await stopTestProducts()
    await receiver.close()
  })

  it('do not spoil the others: an offset beyond the end', async () => {
    const { mediaId } = await product.rest.upload(file('clock.mp4'))
    const { TaskId = '' } = await product.vendor.ProcessMedia({
      FileId: mediaId,
      MediaProcessTask: everyKind(['1s', '99.5s']),
    })
    const { snapshots, samples, sprites, cover } = fourResultsOf(parseTaskEvent((await receiver.finishOf(TaskId)).body))
    expect(snapshots).toMatchObject({ Status: 'FAIL', ErrCode: 40_000, ErrCodeExt: 'InvalidInput.InvalidTimeOffset' })
    expect(snapshots.Message).toContain('99.5s')
    expect(snapshots.Output).toBeUndefined()
    expect([samples.Status, sprites.Status, cover.Status]).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS'])
    const pictures = new ClockPictures(product.folder)
    expect(await pictures.secondsOf([cover.Output?.CoverUrl ?? ''])).toEqual([2])
  })

  it.each([
    ['a text', 'ContentMalformed', () => writeFile(file('broken.mp4'), 'once upon a time '.repeat(1000))],
    ['a media without a picture', 'NoVideoMedia', () => writeSound(file('broken.mp4'))],
    ['empty', 'ContentMalformed', () => writeFile(file('broken.mp4'), '')],
    ['a file cut in half', 'ContentMalformed', () => cutInHalf(file('clock.mp4'), file('broken.mp4'))],
  ])('all fail at once, and are tried once, when the source is %s', async (_what, code, write) => {
    await write()
    const { runId = '', mediaId } = await product.rest.upload(file('broken.mp4'), { procedure: 'every kind' })
    const task = parseTaskEvent((await receiver.finishOf(runId, 10_000)).body)
    const results = resultsOf(task)
    expect(results).toHaveLength(4)
    for (const result of results) {
      expect(result).toMatchObject({ Status: 'FAIL', ErrCode: 60_000, ErrCodeExt: `SourceFileError.${code}` })
      expect(result.Message).toMatch(/^[A-Z].*\.$/)
      expect(result.Message).not.toContain('/')
    }
    expect(await product.query(`select distinct tries from task where media_id = '${mediaId}'`)).toEqual([{ tries: 0 }])
    expect(await product.rest.media(mediaId)).toMatchObject({ state: 'failed' })
    expect(receiver.about(runId)).toHaveLength(1)
  })
})

/** An MP4 with a tone and nothing else. */
async function writeSound(path: string): Promise<void> {
  await makeLumaClock({ path, seconds: 1, sound: true, encoding: ['-vn'] })
}

/** The index of an MP4 is at its end, so nothing of what is left can be decoded. */
async function cutInHalf(whole: string, half: string): Promise<void> {
  const bytes = await readFile(whole)
  await writeFile(half, bytes.subarray(0, bytes.length / 2))
}

import { makeLumaClock } from '@libs/testing'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { CallbackReceiver } from './neighbours/callback-receiver'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const deleted = z.object({
  EventType: z.literal('FileDeleted'),
  FileDeleteEvent: z.object({ FileIdSet: z.array(z.string()) }),
})

describe('media that is deleted', () => {
  let product: TestProduct
  let receiver: CallbackReceiver
  let clip: string

  beforeAll(async () => {
    product = await startTestProduct({ backend: 'postgres', egressAllow: '127.0.0.0/8' })
    receiver = new CallbackReceiver()
    await receiver.open()
    await product.vendor.ModifyEventConfig({
      Mode: 'PUSH',
      NotificationUrl: receiver.url,
      DeleteMediaCompleteEventSwitch: 'ON',
    })
    clip = join(product.folder, 'clock.mp4')
    await makeLumaClock({ path: clip, seconds: 3 })
  })

  afterAll(async () => {
    await stopTestProducts()
    await receiver.close()
  })

  /** Folders of the media and its runs, in the product's files. */
  function filesOf(mediaId: string): readonly string[] {
    const root = join(product.dataDir, 'media')
    const under = (name: string) => (existsSync(join(root, name, '0')) ? readdirSync(join(root, name, '0')) : [])
    return [...under('sources').filter((id) => id === mediaId), ...under('artifacts'), ...under('covers')]
  }

  function eventOf(mediaId: string) {
    return waitFor(`The deletion of ${mediaId}`, 20_000, () => {
      const told = receiver.about(mediaId).find(({ body }) => body.includes('FileDeleted'))
      return told && deleted.parse(JSON.parse(told.body))
    })
  }

  it('loses its source and its pictures, and is told of when they are gone', async () => {
    const FileId = (await product.rest.upload(clip)).mediaId
    const MediaProcessTask = { ImageSpriteTaskSet: [{ Definition: 10 }], SampleSnapshotTaskSet: [{ Definition: 10 }] }
    const { TaskId = '' } = await product.vendor.ProcessMedia({ FileId, MediaProcessTask })
    await receiver.finishOf(TaskId)
    expect(filesOf(FileId).length).toBeGreaterThanOrEqual(2)
    await product.vendor.DeleteMedia({ FileId })
    expect(await product.vendor.DescribeMediaInfos({ FileIds: [FileId] })).toMatchObject({
      NotExistFileIdSet: [FileId],
    })
    expect((await eventOf(FileId)).FileDeleteEvent.FileIdSet).toEqual([FileId])
    expect(filesOf(FileId)).toEqual([])
    expect(await product.vendor.DescribeTaskDetail({ TaskId })).toMatchObject({ Status: 'FINISH' })
  })

  it('ends its runs, and every one of them is told of', async () => {
    const FileId = (await product.rest.upload(clip)).mediaId
    const order = { FileId, MediaProcessTask: { ImageSpriteTaskSet: [{ Definition: 10 }] } }
    const runs = await Promise.all(Array.from({ length: 8 }, () => product.vendor.ProcessMedia(order)))
    await product.vendor.DeleteMedia({ FileId })
    await Promise.all(runs.map(({ TaskId = '' }) => receiver.finishOf(TaskId)))
    await eventOf(FileId)
    await expect(product.vendor.ProcessMedia(order)).rejects.toMatchObject({ code: 'InvalidParameterValue.FileId' })
  })

  it('goes by itself when its time has come', async () => {
    const FileId = (await product.rest.upload(clip)).mediaId
    const soon = new Date(Date.now() - 1_000).toISOString().replace(/\.\d+Z$/, 'Z')
    await product.vendor.ModifyMediaInfo({ FileId, ExpireTime: soon })
    await eventOf(FileId)
    expect(await product.vendor.DescribeMediaInfos({ FileIds: [FileId] })).toMatchObject({
      NotExistFileIdSet: [FileId],
    })
  })
})

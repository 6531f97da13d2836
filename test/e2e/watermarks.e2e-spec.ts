import { makeLumaClock, queueBackends, S3Server } from '@libs/testing'
import { join } from 'node:path'
import sharp from 'sharp'
import { procedureTask } from './pictures/task-event'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const red = [255, 0, 0]

async function load(url: string): Promise<Buffer> {
  const response = await fetch(url)
  expect(response.headers.get('content-type')).toMatch(/^image\//)
  return Buffer.from(await response.arrayBuffer())
}

/** A pixel, counted from the bottom right corner. */
async function pixelFromEnd(url: string, right: number, bottom: number): Promise<readonly number[]> {
  const { data, info } = await sharp(await load(url))
    .raw()
    .toBuffer({ resolveWithObject: true })
  const start = ((info.height - 1 - bottom) * info.width + info.width - 1 - right) * info.channels
  return [...data.subarray(start, start + 3)]
}

describe.each(queueBackends().slice(0, 1))('watermarks, with files in S3, on %s', (backend) => {
  let server: S3Server
  let product: TestProduct

  beforeAll(async () => {
    server = await S3Server.start()
    product = await startTestProduct({ backend, storage: server.settings() })
  })

  afterAll(async () => {
    await stopTestProducts()
    await server.stop()
  })

  it('are in the pictures of a run that was accepted before their template went', async () => {
    const { vendor, rest, folder } = product
    const path = join(folder, 'clock.mp4')
    await makeLumaClock({ path, seconds: 5 })
    const image = sharp({ create: { width: 64, height: 32, channels: 3, background: 'red' } })
    const { Definition = 0, ImageUrl = '' } = await vendor.CreateWatermarkTemplate({
      Type: 'image',
      CoordinateOrigin: 'BottomRight',
      XPos: '10px',
      YPos: '5%',
      ImageTemplate: { ImageContent: (await image.gif().toBuffer()).toString('base64'), Width: '40px' },
    })
    const picture = { Width: 320, Height: 180, ResolutionAdaptive: 'close', Format: 'png' }
    const template = await vendor.CreateSnapshotByTimeOffsetTemplate(picture)
    const { Definition: snapshots = 0 } = template
    const WatermarkSet = [{ Definition }]
    const MediaProcessTask = {
      SnapshotByTimeOffsetTaskSet: [{ Definition: snapshots, ExtTimeOffsetSet: ['1s', '4s'], WatermarkSet }],
      CoverBySnapshotTaskSet: [{ Definition: snapshots, PositionType: 'Time', PositionValue: 2, WatermarkSet }],
    }
    await vendor.CreateProcedureTemplate({ Name: 'marked', MediaProcessTask })
    const { mediaId: FileId } = await rest.upload(path)
    const { TaskId = '' } = await vendor.ProcessMediaByProcedure({ FileId, ProcedureName: 'marked' })
    await vendor.DeleteWatermarkTemplate({ Definition })

    const task = await waitFor('The end of the run', 60_000, async () => {
      const { ProcedureTask } = await vendor.DescribeTaskDetail({ TaskId })
      return ProcedureTask?.Status === 'FINISH' ? procedureTask.parse(ProcedureTask) : undefined
    })
    const [first, second] = task.MediaProcessResultSet
    if (first?.Type !== 'SnapshotByTimeOffset' || second?.Type !== 'CoverBySnapshot') throw new Error('Two were asked.')
    const pictures = first.SnapshotByTimeOffsetTask.Output?.PicInfoSet ?? []
    expect(pictures).toMatchObject([{ WaterMarkDefinition: [Definition] }, { WaterMarkDefinition: [Definition] }])
    const urls = [...pictures.map(({ Url }) => Url), second.CoverBySnapshotTask.Output?.CoverUrl ?? '']
    for (const url of urls) {
      // The mark is 40 x 20 px, 10 px from the right and 9 px from the bottom.
      expect(await pixelFromEnd(url, 10, 9)).toEqual(red)
      expect(await pixelFromEnd(url, 49, 28)).toEqual(red)
      expect(await pixelFromEnd(url, 9, 9)).not.toEqual(red)
      expect(await pixelFromEnd(url, 50, 28)).not.toEqual(red)
    }
    expect(await sharp(await load(ImageUrl)).metadata()).toMatchObject({ format: 'png', width: 64, height: 32 })
    const again = vendor.ProcessMediaByProcedure({ FileId, ProcedureName: 'marked' })
    await expect(again).rejects.toMatchObject({ code: 'ResourceNotFound.TemplateNotExist' })
  })
})

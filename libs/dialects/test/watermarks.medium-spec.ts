import { mainSubApp } from '@libs/kernel'
import sharp from 'sharp'
import { openTencentVod, type TencentVodDoor, type VodClient } from './open-tencent-vod'

const TextTemplate = { FontType: 'arial.ttf', FontSize: '24px', FontColor: '0xFFffFF', FontAlpha: 0.5 }

describe('watermarks of Tencent VOD', () => {
  let door: TencentVodDoor
  let client: VodClient
  let ImageContent: string

  beforeAll(async () => {
    const image = sharp({ create: { width: 40, height: 20, channels: 3, background: 'red' } })
    ImageContent = (await image.png().toBuffer()).toString('base64')
  })

  beforeEach(async () => {
    door = await openTencentVod()
    client = door.client()
  })

  afterEach(() => door.close())

  const describeOne = async (Definition: number) => {
    const { WatermarkTemplateSet = [] } = await client.DescribeWatermarkTemplates({ Definitions: [Definition] })
    return WatermarkTemplateSet[0]
  }

  it('of an image are kept with the defaults, and shown by a URL', async () => {
    const { Definition = 0, ImageUrl = '' } = await client.CreateWatermarkTemplate({
      Type: 'image',
      ImageTemplate: { ImageContent },
    })
    expect(ImageUrl).toMatch(/\/watermarks\/\d+\/[0-9a-f]{64}\.png$/)
    const image = { ImageUrl, Width: '10%', Height: '0px', RepeatType: 'repeat', Transparency: 0 }
    const place = { CoordinateOrigin: 'TopLeft', XPos: '0px', YPos: '0px', Name: '', Comment: '' }
    const found = await describeOne(Definition)
    expect(found).toMatchObject({ Definition, Type: 'image', ...place, ImageTemplate: image })
    expect(found?.TextTemplate).toBeUndefined()
  })

  it('come as text and SVG too, and are listed by type', async () => {
    const texts = { Name: 't', Comment: 'c', CoordinateOrigin: 'BottomRight', XPos: '5%', YPos: '12px' }
    const text = await client.CreateWatermarkTemplate({ Type: 'text', ...texts, TextTemplate })
    const svg = await client.CreateWatermarkTemplate({ Type: 'svg', SvgTemplate: { Width: '20L%' } })
    expect(text.ImageUrl).toBeUndefined()
    expect(await describeOne(text.Definition ?? 0)).toMatchObject({ Type: 'text', ...texts, TextTemplate })
    expect(await describeOne(svg.Definition ?? 0)).toMatchObject({ SvgTemplate: { Width: '20L%', Height: '0px' } })
    expect(await client.DescribeWatermarkTemplates({ Type: 'svg' })).toMatchObject({
      TotalCount: 1,
      WatermarkTemplateSet: [{ Definition: svg.Definition }],
    })
    expect(await client.DescribeWatermarkTemplates({ Type: 'image' })).toMatchObject({ TotalCount: 0 })
  })

  it('change in what is given, their image included, and stay what they are', async () => {
    const ImageTemplate = { ImageContent, Width: '64px', Transparency: 30 }
    const { Definition = 0, ImageUrl } = await client.CreateWatermarkTemplate({ Type: 'image', ImageTemplate })
    expect(
      await client.ModifyWatermarkTemplate({ Definition, XPos: '7%', ImageTemplate: { Transparency: 0 } }),
    ).toEqual({ RequestId: expect.any(String) as string })
    const image = { ImageUrl, Width: '64px', Height: '0px', Transparency: 0 }
    expect(await describeOne(Definition)).toMatchObject({ XPos: '7%', YPos: '0px', ImageTemplate: image })
    const other = await sharp(Buffer.from(ImageContent, 'base64')).negate().jpeg().toBuffer()
    const changed = await client.ModifyWatermarkTemplate({
      Definition,
      ImageTemplate: { ImageContent: other.toString('base64') },
    })
    expect(changed.ImageUrl).not.toBe(ImageUrl)
    expect(await describeOne(Definition)).toMatchObject({ ImageTemplate: { ...image, ImageUrl: changed.ImageUrl } })
    const toText = client.ModifyWatermarkTemplate({ Definition, TextTemplate })
    await expect(toText).rejects.toMatchObject({ code: 'InvalidParameterValue.TextTemplate' })
    await client.DeleteWatermarkTemplate({ Definition })
    const notThere = { code: 'ResourceNotFound.TemplateNotExist' }
    await expect(client.ModifyWatermarkTemplate({ Definition, Name: 'n' })).rejects.toMatchObject(notThere)
    await expect(client.DeleteWatermarkTemplate({ Definition })).rejects.toMatchObject(notThere)
  })

  it.each([
    ['InvalidParameterValue.Type', { Type: 'video' }],
    ['MissingParameter', { Type: 'image' }],
    ['InvalidParameterValue.SvgTemplate', { ImageTemplate: {}, SvgTemplate: {} }],
    ['InvalidParameterValue.CoordinateOrigin', { ImageTemplate: {}, CoordinateOrigin: 'topLeft' }],
    ['InvalidParameterValue.XPos', { ImageTemplate: {}, XPos: '101%' }],
    ['InvalidParameterValue.YPos', { ImageTemplate: {}, YPos: '-1px' }],
    ['InvalidParameterValue.Width', { ImageTemplate: { Width: '7px' } }],
    ['InvalidParameterValue.Width', { ImageTemplate: { Width: '0%' } }],
    ['InvalidParameterValue.Height', { ImageTemplate: { Height: '4097px' } }],
    ['InvalidParameterValue.RepeatType', { ImageTemplate: { RepeatType: 'never' } }],
    ['InvalidParameterValue.ImageTemplate', { ImageTemplate: { Transparency: 101 } }],
    ['InvalidParameterValue.ImageContent', { ImageTemplate: { ImageContent: 'no base64' } }],
    ['InvalidParameterValue.ImageContent', { ImageTemplate: { ImageContent: 'PHN2Zy8+' } }],
    ['InvalidParameterValue.Name', { ImageTemplate: {}, Name: 'n'.repeat(65) }],
    ['InvalidParameterValue.Comment', { ImageTemplate: {}, Comment: 'c'.repeat(257) }],
    ['InvalidParameterValue.TextAlpha', { Type: 'text', TextTemplate: { ...TextTemplate, FontAlpha: 0 } }],
    ['InvalidParameterValue.TextTemplate', { Type: 'text', TextTemplate: { ...TextTemplate, FontColor: 'red' } }],
    ['InvalidParameterValue.SvgTemplateWidth', { Type: 'svg', SvgTemplate: { Width: '10em' } }],
  ])('are refused with %s for %j', async (code, given) => {
    const { ImageTemplate, ...rest } = { Type: 'image', ...given } as Record<string, unknown>
    const image = ImageTemplate === undefined ? {} : { ImageTemplate: { ImageContent, ...(ImageTemplate as object) } }
    const created = client.request('CreateWatermarkTemplate', { ...rest, ...image })
    await expect(created).rejects.toMatchObject({ code })
    expect(await client.DescribeWatermarkTemplates({})).toMatchObject({ TotalCount: 0 })
  })

  it('are asked for by tasks, frozen with them, and echoed', async () => {
    const image = await client.CreateWatermarkTemplate({
      Type: 'image',
      CoordinateOrigin: 'BottomLeft',
      ImageTemplate: { ImageContent, Height: '12px', Transparency: 25 },
    })
    const text = await client.CreateWatermarkTemplate({ Type: 'text', TextTemplate })
    const [{ Definition: drawn = 0 }, { Definition: written = 0 }] = [image, text]
    const WatermarkSet = [{ Definition: drawn }, { Definition: written, TextContent: '订单', StartTimeOffset: 1.5 }]
    const tasks = { SampleSnapshotTaskSet: [{ Definition: 10, WatermarkSet }] }
    await client.CreateProcedureTemplate({ Name: 'marked', MediaProcessTask: tasks })
    const { ProcedureTemplateSet } = await client.DescribeProcedureTemplates({ Names: ['marked'] })
    expect(ProcedureTemplateSet).toMatchObject([{ MediaProcessTask: tasks }])
    const run = { FileId: door.media.id, ProcedureName: 'marked' }
    const { TaskId = '' } = await client.ProcessMediaByProcedure(run)
    await client.DeleteWatermarkTemplate({ Definition: drawn })
    const [{ task } = { task: undefined }] = door.unitOfWork.tables.tasks.values()
    const mark = { type: 'image', image: { widthPx: 40, heightPx: 20 }, transparencyPercent: 25 }
    expect(task?.settings).toMatchObject({ watermarks: [{ definition: drawn, origin: 'bottomLeft', mark }] })
    const { ProcedureTask } = await client.DescribeTaskDetail({ TaskId })
    const [result] = ProcedureTask?.MediaProcessResultSet ?? []
    expect(result?.SampleSnapshotTask?.Input).toMatchObject({ Definition: 10, WatermarkSet })
    const refused = client.ProcessMediaByProcedure(run)
    await expect(refused).rejects.toMatchObject({ code: 'ResourceNotFound.TemplateNotExist' })
  })

  it('are at most ten for a task, and none for sprites', async () => {
    const { Definition = 0 } = await client.CreateWatermarkTemplate({ Type: 'text', TextTemplate })
    const WatermarkSet = Array.from({ length: 11 }, () => ({ Definition }))
    const process = (MediaProcessTask: object) => client.ProcessMedia({ FileId: door.media.id, MediaProcessTask })
    const tooMany = { Definition: 10, PositionType: 'Time', PositionValue: 0, WatermarkSet }
    await expect(process({ CoverBySnapshotTaskSet: [tooMany] })).rejects.toMatchObject({
      code: 'InvalidParameterValue',
    })
    const sprites = { Definition: 10, WatermarkSet: [{ Definition }] }
    await expect(process({ ImageSpriteTaskSet: [sprites] })).rejects.toMatchObject({ code: 'UnknownParameter' })
    const ten = { ...tooMany, WatermarkSet: WatermarkSet.slice(1) }
    expect(await process({ CoverBySnapshotTaskSet: [ten] })).toMatchObject({ TaskId: expect.any(String) as string })
  })

  it('are at most a thousand', async () => {
    const { templates } = door.unitOfWork.stores
    const settings = {
      origin: 'topLeft',
      x: { unit: 'px', value: 0 },
      y: { unit: 'px', value: 0 },
      mark: { type: 'svg', width: '10W%', height: '0px' },
    } as const
    const template = { template: 'watermark', name: '', comment: '', settings } as const
    for (let count = 0; count < 999; count += 1) await templates.insert(mainSubApp, template, new Date())
    await client.CreateWatermarkTemplate({ Type: 'text', TextTemplate })
    const oneMore = client.CreateWatermarkTemplate({ Type: 'text', TextTemplate })
    await expect(oneMore).rejects.toMatchObject({ code: 'LimitExceeded.TooMuchTemplate' })
  })

  it('can be created in a form', async () => {
    const form = door.client('POST', 'HmacSHA256')
    const ImageTemplate = { ImageContent, Transparency: 30 }
    const { Definition = 0 } = await form.CreateWatermarkTemplate({ Type: 'image', XPos: '7px', ImageTemplate })
    await form.ModifyWatermarkTemplate({ Definition, ImageTemplate: { Transparency: 40 } })
    expect(await describeOne(Definition)).toMatchObject({ XPos: '7px', ImageTemplate: { Transparency: 40 } })
  })
})

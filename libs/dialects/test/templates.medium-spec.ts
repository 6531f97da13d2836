import { pictureDefaults } from '@libs/tasks'
import { openTencentVod, type TencentVodDoor, type VodClient } from './open-tencent-vod'

const Name = 'n'
const sprites = { ImageSpriteTaskSet: [{ Definition: 10 }] }

describe('templates and procedures of Tencent VOD', () => {
  let door: TencentVodDoor
  let client: VodClient

  beforeEach(async () => {
    door = await openTencentVod()
    client = door.client()
  })

  afterEach(() => door.close())

  it('change in what is given, and stay as they are in all else', async () => {
    const sheet = { Name, Comment: 'c', Width: 160, Height: 90, RowCount: 5, ColumnCount: 6, Format: 'png' }
    const created = await client.CreateImageSpriteTemplate({ ...sheet, SampleType: 'Time', SampleInterval: 7 })
    const { Definition = 0 } = created
    await client.ModifyImageSpriteTemplate({ Definition, ColumnCount: 3, FillType: 'white' })
    const { ImageSpriteTemplateSet } = await client.DescribeImageSpriteTemplates({ Definitions: [Definition] })
    const changed = { ...sheet, ColumnCount: 3, FillType: 'white', SampleType: 'Time', SampleInterval: 7 }
    expect(ImageSpriteTemplateSet).toMatchObject([{ Definition, Type: 'Custom', ...changed }])
    await client.DeleteImageSpriteTemplate({ Definition })
    expect(await client.DescribeImageSpriteTemplates({ Type: 'Custom' })).toMatchObject({ TotalCount: 0 })
  })

  it('keep what the vendor has no word for when something else changes', async () => {
    const sampling = { by: 'series', startMs: 2000, count: 4, intervalMs: 1500 } as const
    const picture = { ...pictureDefaults, widthPx: 160, heightPx: 90, resolutionAdaptive: true } as const
    const look = { format: 'jpg', fill: 'black', rows: 2, columns: 5 } as const
    const sheet = { ...picture, ...look, paddingPx: 8, background: '#102030', sampling }
    const template = { template: 'imageSprite', name: '', comment: '', settings: sheet } as const
    const { templates } = door.unitOfWork.stores
    const Definition = await templates.insert(door.media.subAppId, template, new Date())
    const settingsNow = async () =>
      (await templates.list(door.media.subAppId, { template: 'imageSprite', definitions: [Definition] }))[0]?.settings
    await client.ModifyImageSpriteTemplate({ Definition, ColumnCount: 3, SampleType: 'Time' })
    expect(await settingsNow()).toEqual({ ...sheet, columns: 3 })
    await client.ModifyImageSpriteTemplate({ Definition, SampleInterval: 7 })
    expect(await settingsNow()).toEqual({ ...sheet, columns: 3, sampling: { by: 'time', intervalMs: 7000 } })
  })

  it('are checked as a whole when a part changes', async () => {
    const sheet = { Width: 1500, Height: 90, RowCount: 5, ColumnCount: 6, SampleType: 'Time', SampleInterval: 200 }
    const { Definition = 0 } = await client.CreateImageSpriteTemplate(sheet)
    const refusals = [
      [{ ColumnCount: 11 }, 'InvalidParameterValue.Width'],
      [{ ColumnCount: 10, RowCount: 11 }, 'InvalidParameterValue.RowCount'],
      [{ SampleType: 'Percent' }, 'InvalidParameterValue.SampleInterval'],
      [{ Width: 31 }, 'InvalidParameterValue.Width'],
      [{ Format: 'gif' }, 'InvalidParameterValue.Format'],
    ] as const
    for (const [change, code] of refusals) {
      await expect(client.ModifyImageSpriteTemplate({ Definition, ...change })).rejects.toMatchObject({ code })
    }
    const { ImageSpriteTemplateSet } = await client.DescribeImageSpriteTemplates({ Definitions: [Definition] })
    expect(ImageSpriteTemplateSet).toMatchObject([sheet])
  })

  it('leave what was accepted as it was', async () => {
    const { Definition = 0 } = await client.CreateSnapshotByTimeOffsetTemplate({ Name, Width: 640 })
    const tasks = [{ Definition, PositionType: 'Time', PositionValue: 0 }]
    await client.ProcessMedia({ FileId: door.media.id, MediaProcessTask: { CoverBySnapshotTaskSet: tasks } })
    await client.ModifySnapshotByTimeOffsetTemplate({ Definition, Width: 320 })
    await client.ProcessMedia({ FileId: door.media.id, MediaProcessTask: { CoverBySnapshotTaskSet: tasks } })
    const rows = [...door.unitOfWork.tables.tasks.values()].map(({ task }) => task.settings)
    expect(rows).toMatchObject([{ widthPx: 640 }, { widthPx: 320 }])
  })

  it('that are not there, of another kind, or presets, are neither changed nor deleted', async () => {
    const { Definition = 0 } = await client.CreateSampleSnapshotTemplate({ SampleType: 'Percent', SampleInterval: 5 })
    const notThere = { code: 'ResourceNotFound.TemplateNotExist' }
    await expect(client.ModifyImageSpriteTemplate({ Definition, Name })).rejects.toMatchObject(notThere)
    await expect(client.DeleteSnapshotByTimeOffsetTemplate({ Definition })).rejects.toMatchObject(notThere)
    await expect(client.ModifySampleSnapshotTemplate({ Definition: 9, Name })).rejects.toMatchObject(notThere)
    const preset = { code: 'FailedOperation' }
    await expect(client.ModifySampleSnapshotTemplate({ Definition: 10, Name })).rejects.toMatchObject(preset)
    await expect(client.DeleteSampleSnapshotTemplate({ Definition: 10 })).rejects.toMatchObject(preset)
    expect(await client.DescribeSampleSnapshotTemplates({})).toMatchObject({ TotalCount: 2 })
  })

  it('are at most sixteen of a kind', async () => {
    for (let count = 0; count < 16; count += 1) await client.CreateSnapshotByTimeOffsetTemplate({ Name })
    await expect(client.CreateSnapshotByTimeOffsetTemplate({ Name })).rejects.toMatchObject({
      code: 'LimitExceeded.TooMuchTemplate',
    })
    await client.CreateSampleSnapshotTemplate({ SampleType: 'Percent', SampleInterval: 5 })
  })

  it('make procedures, which are reset whole and deleted', async () => {
    await client.CreateProcedureTemplate({ Name, Comment: 'first', MediaProcessTask: sprites })
    const MediaProcessTask = { SampleSnapshotTaskSet: [{ Definition: 10 }] }
    await client.ResetProcedureTemplate({ Name, MediaProcessTask })
    const { ProcedureTemplateSet } = await client.DescribeProcedureTemplates({ Names: [Name] })
    expect(ProcedureTemplateSet).toMatchObject([{ Name, Comment: '', MediaProcessTask }])
    await client.DeleteProcedureTemplate({ Name })
    await expect(client.ResetProcedureTemplate({ Name, MediaProcessTask })).rejects.toMatchObject({
      code: 'InvalidParameter.ProcedureNameNotExist',
    })
    await expect(client.DeleteProcedureTemplate({ Name })).rejects.toMatchObject({
      code: 'InvalidParameter.ProcedureNameNotExist',
    })
  })

  it('stay while a procedure names them, and fail its runs once they are gone', async () => {
    const { Definition = 0 } = await client.CreateSampleSnapshotTemplate({ SampleType: 'Percent', SampleInterval: 5 })
    await client.CreateProcedureTemplate({ Name, MediaProcessTask: { SampleSnapshotTaskSet: [{ Definition }] } })
    await client.DeleteSampleSnapshotTemplate({ Definition })
    const run = client.ProcessMediaByProcedure({ FileId: door.media.id, ProcedureName: Name })
    await expect(run).rejects.toMatchObject({ code: 'ResourceNotFound.TemplateNotExist' })
  })

  it('come with the preset procedures, which say what they leave out', async () => {
    const { TotalCount, ProcedureTemplateSet = [] } = await client.DescribeProcedureTemplates({ Type: 'Preset' })
    expect(TotalCount).toBe(3)
    expect(ProcedureTemplateSet.map(({ Name: name }) => name)).toContain('LongVideoPreset')
    const { TaskId = '' } = await client.ProcessMediaByProcedure({
      FileId: door.media.id,
      ProcedureName: 'LongVideoPreset',
    })
    const { ProcedureTask } = await client.DescribeTaskDetail({ TaskId })
    expect(ProcedureTask?.MediaProcessResultSet?.map(({ Type }) => Type)).toEqual(['ImageSprites', 'CoverBySnapshot'])
    expect(ProcedureTask).toMatchObject({ Message: 'Sprites and a cover; adaptive streaming 10 is left out.' })
    const change = client.ResetProcedureTemplate({ Name: 'LongVideoPreset', MediaProcessTask: sprites })
    await expect(change).rejects.toMatchObject({ code: 'FailedOperation' })
    await expect(client.DeleteProcedureTemplate({ Name: 'LongVideoPreset' })).rejects.toMatchObject({
      code: 'FailedOperation',
    })
    const create = client.CreateProcedureTemplate({ Name: 'LongVideoPreset', MediaProcessTask: sprites })
    await expect(create).rejects.toMatchObject({ code: 'InvalidParameter.ExistedProcedureName' })
  })

  it('list procedures by their age, either way', async () => {
    for (const name of ['a', 'b']) await client.CreateProcedureTemplate({ Name: name, MediaProcessTask: sprites })
    const SortBy = [{ Field: 'CreateTime', Order: 'Desc' }]
    const { ProcedureTemplateSet = [] } = await client.DescribeProcedureTemplates({ SortBy, Limit: 2 })
    expect(ProcedureTemplateSet.map(({ Name: name }) => name)).toEqual(['b', 'a'])
  })

  it('are at most fifty procedures', async () => {
    for (let count = 0; count < 50; count += 1) {
      await client.CreateProcedureTemplate({ Name: `p${count}`, MediaProcessTask: sprites })
    }
    const oneMore = client.CreateProcedureTemplate({ Name, MediaProcessTask: sprites })
    await expect(oneMore).rejects.toMatchObject({ code: 'LimitExceeded' })
    expect(await client.DescribeProcedureTemplates({ Type: 'Custom' })).toMatchObject({ TotalCount: 50 })
  })
})

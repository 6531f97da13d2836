import { openTencentVod, type TencentVodDoor, type VodClient } from './open-tencent-vod'

const extended = { Format: 'avif', Quality: 60, ChromaSubsampling: '444', FrameAccuracy: 'keyframe' }
const sampling = { SampleType: 'Time', SampleInterval: 5 }
const custom = { Type: 'Custom' }

describe("our extensions, through the vendor's own client", () => {
  let door: TencentVodDoor
  let client: VodClient

  beforeEach(async () => {
    door = await openTencentVod()
    client = door.client()
  })

  afterEach(() => door.close())

  it.each(['POST', 'GET'] as const)('are kept in every template: %s', async (method) => {
    const creating = door.client(method)
    await creating.CreateSnapshotByTimeOffsetTemplate(extended)
    await creating.CreateSampleSnapshotTemplate({ ...sampling, ...extended })
    await creating.CreateImageSpriteTemplate({ ...sampling, RowCount: 1, ColumnCount: 1, ...extended })
    const snapshots = await client.DescribeSnapshotByTimeOffsetTemplates(custom)
    const samples = await client.DescribeSampleSnapshotTemplates(custom)
    const sprites = await client.DescribeImageSpriteTemplates(custom)
    expect(snapshots.SnapshotByTimeOffsetTemplateSet).toMatchObject([extended])
    expect(samples.SampleSnapshotTemplateSet).toMatchObject([{ ...sampling, ...extended }])
    expect(sprites.ImageSpriteTemplateSet).toMatchObject([{ RowCount: 1, ...extended }])
  })

  it('have defaults, in presets as well', async () => {
    await client.CreateSnapshotByTimeOffsetTemplate({ Name: 'plain' })
    const { SnapshotByTimeOffsetTemplateSet } = await client.DescribeSnapshotByTimeOffsetTemplates({})
    const defaults = { Format: 'jpg', Quality: 85, ChromaSubsampling: '420', FrameAccuracy: 'exact' }
    expect(SnapshotByTimeOffsetTemplateSet).toMatchObject([
      { Type: 'Preset', ...defaults },
      { Name: 'plain', ...defaults },
    ])
  })

  it('are told of a task and of a procedure only where they were given', async () => {
    const FrameAccuracy = 'keyframe'
    const MediaProcessTask = {
      SnapshotByTimeOffsetTaskSet: [{ Definition: 10, ExtTimeOffsetSet: ['1s'], FrameAccuracy }],
      SampleSnapshotTaskSet: [{ Definition: 10, FrameAccuracy: 'exact' }],
      ImageSpriteTaskSet: [{ Definition: 10 }, { Definition: 10, FrameAccuracy }],
      CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: 'Time', PositionValue: 1, FrameAccuracy }],
    }
    await client.CreateProcedureTemplate({ Name: 'p', MediaProcessTask })
    const { ProcedureTemplateSet = [] } = await client.DescribeProcedureTemplates({ Names: ['p'] })
    expect(ProcedureTemplateSet.map((procedure) => procedure.MediaProcessTask)).toStrictEqual([MediaProcessTask])
    const FileId = door.media.id
    const byProcedure = await client.ProcessMediaByProcedure({ FileId, ProcedureName: 'p' })
    const byTasks = await client.ProcessMedia({ FileId, MediaProcessTask })
    for (const { TaskId = '' } of [byProcedure, byTasks]) {
      const { ProcedureTask } = await client.DescribeTaskDetail({ TaskId })
      const inputs = ProcedureTask?.MediaProcessResultSet?.map(
        ({ SnapshotByTimeOffsetTask, SampleSnapshotTask, ImageSpriteTask, CoverBySnapshotTask }) =>
          (SnapshotByTimeOffsetTask ?? SampleSnapshotTask ?? ImageSpriteTask ?? CoverBySnapshotTask)?.Input,
      )
      expect(inputs).toStrictEqual(Object.values(MediaProcessTask).flat())
    }
  })

  describe.each([
    ['CreateSnapshotByTimeOffsetTemplate', {}],
    ['CreateSampleSnapshotTemplate', sampling],
    ['CreateImageSpriteTemplate', { ...sampling, RowCount: 1, ColumnCount: 1 }],
  ])('are checked by %s:', (action, parameters) => {
    it.each([
      [{ Quality: 0 }, 'InvalidParameterValue.Quality'],
      [{ Quality: 101 }, 'InvalidParameterValue.Quality'],
      [{ Quality: '85' }, 'InvalidParameter'],
      [{ ChromaSubsampling: '422' }, 'InvalidParameterValue.ChromaSubsampling'],
      [{ ChromaSubsampling: 444 }, 'InvalidParameter'],
      [{ FrameAccuracy: 'fast' }, 'InvalidParameterValue.FrameAccuracy'],
      [{ Format: 'heif' }, 'InvalidParameterValue.Format'],
    ])('%j', async (wrong, code) => {
      const message: unknown = expect.stringMatching(`^${Object.keys(wrong).join('')}: `)
      await expect(client.request(action, { ...parameters, ...wrong })).rejects.toMatchObject({ code, message })
    })
  })

  it.each([
    ['SnapshotByTimeOffsetTaskSet', { ExtTimeOffsetSet: ['1s'] }],
    ['SampleSnapshotTaskSet', {}],
    ['ImageSpriteTaskSet', {}],
    ['CoverBySnapshotTaskSet', { PositionType: 'Time', PositionValue: 1 }],
  ])('are checked in every task of %s', async (set, task) => {
    const MediaProcessTask = { [set]: [{ Definition: 10, ...task, FrameAccuracy: 'fast' }] }
    const message: unknown = expect.stringMatching(`^MediaProcessTask.${set}.0.FrameAccuracy: `)
    const refusal = { code: 'InvalidParameterValue', message }
    await expect(client.ProcessMedia({ FileId: door.media.id, MediaProcessTask })).rejects.toMatchObject(refusal)
    await expect(client.CreateProcedureTemplate({ Name: 'p', MediaProcessTask })).rejects.toMatchObject(refusal)
  })
})

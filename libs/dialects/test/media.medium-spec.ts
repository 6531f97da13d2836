import { aMedia, aRun, type MemoryUnitOfWork, succeedTask } from '@libs/testing'
import type { Media } from '@libs/workflow'
import { openTencentVod, type TencentVodDoor, type VodClient } from './open-tencent-vod'

describe('media over Tencent VOD', () => {
  let door: TencentVodDoor
  let unitOfWork: MemoryUnitOfWork
  let media: Media
  let client: VodClient

  beforeEach(async () => {
    door = await openTencentVod()
    ;({ unitOfWork, media } = door)
    client = door.client()
  })

  afterEach(() => door.close())

  describe('DescribeMediaInfos', () => {
    it('tells what there is of a media, what was made of it, and which files there are not', async () => {
      for (const kind of ['snapshotByTimeOffset', 'sampleSnapshot', 'imageSprites'] as const) {
        await succeedTask(unitOfWork, { media, kind })
        await succeedTask(unitOfWork, { media, kind, definition: 1_000 })
      }
      const unknown = aMedia().id
      const asked = ['nonsense', media.id, unknown, media.id]
      const { MediaInfoSet, NotExistFileIdSet } = await client.DescribeMediaInfos({ FileIds: asked })
      expect(NotExistFileIdSet).toEqual(['nonsense', unknown])
      const Url = 'http://files.example.com/artifacts/0/1/still-0.jpg'
      const definitions = [{ Definition: 10 }, { Definition: 1_000 }]
      expect(MediaInfoSet).toMatchObject([
        {
          FileId: media.id,
          BasicInfo: { Name: 'clip', Type: 'mp4' },
          MetaData: { Duration: 20 },
          SnapshotByTimeOffsetInfo: {
            SnapshotByTimeOffsetSet: definitions.map((each) => ({ ...each, PicInfoSet: [{ TimeOffset: 3_500, Url }] })),
          },
          SampleSnapshotInfo: { SampleSnapshotSet: definitions.map((each) => ({ ...each, ImageUrlSet: [Url] })) },
          ImageSpriteInfo: { ImageSpriteSet: definitions.map((each) => ({ ...each, TotalCount: 10, WebVttUrl: Url })) },
          ...{ KeyFrameDescInfo: { KeyFrameDescSet: [] }, TranscodeInfo: null, ReviewInfo: null },
        },
      ])
    })

    it('tells no more than the filters name', async () => {
      const asked = { FileIds: [media.id], Filters: ['metaData'] }
      const { MediaInfoSet } = await client.DescribeMediaInfos(asked)
      expect(MediaInfoSet).toEqual([
        { FileId: media.id, MetaData: expect.objectContaining({ Duration: 20 }) as unknown },
      ])
    })

    it.each([
      ['InvalidParameterValue.FileIdsEmpty', { FileIds: [] }],
      ['InvalidParameterValue.FileIdsOverLimit', { FileIds: Array.from({ length: 21 }, () => '1') }],
      ['InvalidParameterValue', { FileIds: ['1'], Filters: ['everything'] }],
    ])('answers %s', async (code, parameters) => {
      await expect(client.DescribeMediaInfos(parameters)).rejects.toMatchObject({ code })
    })
  })

  describe('ModifyMediaInfo', () => {
    const FileId = () => media.id
    const picture = Buffer.from('89504e470d0a1a0a00', 'hex').toString('base64')
    const told = async () => {
      const { MediaInfoSet } = await client.DescribeMediaInfos({ FileIds: [media.id] })
      return MediaInfoSet?.[0]
    }

    it('changes what is given, and leaves the rest', async () => {
      const marks = [
        { TimeOffset: 2.5, Content: 'second' },
        { TimeOffset: 1, Content: 'first' },
      ]
      await client.ModifyMediaInfo({ FileId: FileId(), Name: 'n', AddTags: ['a', 'b'], AddKeyFrameDescs: marks })
      await client.ModifyMediaInfo({ FileId: FileId(), Description: 'd', DeleteTags: ['a'], AddTags: ['c'] })
      const again = [{ TimeOffset: 1, Content: 'again' }]
      await client.ModifyMediaInfo({ FileId: FileId(), AddKeyFrameDescs: again, ExpireTime: '2099-01-01T00:00:00Z' })
      const expires = { ExpireTime: '2099-01-01T00:00:00Z' }
      expect(await told()).toMatchObject({
        BasicInfo: { Name: 'n', Description: 'd', TagSet: ['b', 'c'], ...expires },
        KeyFrameDescInfo: { KeyFrameDescSet: [...again, marks[0]] },
      })
      await client.ModifyMediaInfo({ FileId: FileId(), ClearTags: 1, ClearKeyFrameDescs: 1 })
      await client.ModifyMediaInfo({ FileId: FileId(), ExpireTime: '9999-12-31T23:59:59Z' })
      const never = { ExpireTime: '9999-12-31T23:59:59Z' }
      const cleared = { BasicInfo: { TagSet: [], ...never }, KeyFrameDescInfo: { KeyFrameDescSet: [] } }
      expect(await told()).toMatchObject(cleared)
    })

    it('takes a cover', async () => {
      const { CoverUrl } = await client.ModifyMediaInfo({ FileId: FileId(), CoverData: picture })
      expect(CoverUrl).toMatch(/\/covers\/0\/\d+\/[0-9a-f]{20}\.png$/)
      expect(await told()).toMatchObject({ BasicInfo: { CoverUrl } })
    })

    const long = Array.from({ length: 101 }, (_, index) => ({ TimeOffset: index, Content: 'c' }))
    const tags = Array.from({ length: 17 }, (_, index) => `t${index}`)
    const one = { TimeOffset: 1, Content: 'c' }
    it.each([
      ['ResourceNotFound.FileNotExist', { FileId: '1' }],
      ['InvalidParameterValue.Name', { Name: 'x'.repeat(65) }],
      ['InvalidParameterValue.Description', { Description: 'x'.repeat(129) }],
      ['InvalidParameterValue.ExpireTime', { ExpireTime: 'tomorrow' }],
      ['InvalidParameterValue.ImageDecodeError', { CoverData: Buffer.from('no picture').toString('base64') }],
      ['InvalidParameterValue.ImageDecodeError', { CoverData: '%%%' }],
      ['InvalidParameterValue.TagTooLong', { AddTags: ['x'.repeat(33)] }],
      [
        'InvalidParameterValue.KeyFrameDescContentTooLong',
        { AddKeyFrameDescs: [{ ...one, Content: 'x'.repeat(129) }] },
      ],
      ['InvalidParameterValue.AddTagsAndClearTagsConflict', { AddTags: ['a'], ClearTags: 1 }],
      ['InvalidParameterValue.AddTagsAndDeleteTagsConflict', { AddTags: ['a'], DeleteTags: ['a'] }],
      [
        'InvalidParameterValue.AddKeyFrameDescsAndClearKeyFrameDescsConflict',
        { AddKeyFrameDescs: [one], ClearKeyFrameDescs: 1 },
      ],
      [
        'InvalidParameterValue.AddKeyFrameDescsAndDeleteKeyFrameDescsConflict',
        { AddKeyFrameDescs: [one], DeleteKeyFrameDescs: [1] },
      ],
      ['LimitExceeded.TagCountReachMax', { AddTags: tags }],
      ['InvalidParameterValue.KeyFrameDescContentTooLong', { AddKeyFrameDescs: long }],
      ['UnsupportedOperation', { ClassId: 7 }],
      ['UnsupportedOperation', { AddSubtitles: [{ Name: 's' }] }],
    ])('answers %s, and changes nothing', async (code, parameters) => {
      const before = await told()
      const change = client.request('ModifyMediaInfo', { FileId: FileId(), ...parameters })
      await expect(change).rejects.toMatchObject({ code })
      expect(await told()).toEqual(before)
    })
  })

  describe('SearchMedia', () => {
    it('finds the newest first, and says how many there are', async () => {
      const newer = aMedia({ name: 'Newer clip', createdAt: new Date(media.createdAt.getTime() + 1_000), tags: ['t'] })
      await unitOfWork.stores.media.insert(newer)
      const found = await client.SearchMedia({ Names: ['CLIP'], Limit: 1, Filters: ['basicInfo'] })
      expect(found).toMatchObject({
        TotalCount: 2,
        MediaInfoSet: [{ FileId: newer.id, BasicInfo: { Name: 'Newer clip' } }],
      })
      const ids = async (parameters: object) => {
        const { MediaInfoSet } = (await client.request('SearchMedia', parameters)) as {
          MediaInfoSet: { FileId: string }[]
        }
        return MediaInfoSet.map(({ FileId }) => FileId)
      }
      expect(await ids({ Sort: { Field: 'CreateTime', Order: 'Asc' } })).toEqual([media.id, newer.id])
      expect(await ids({ Tags: ['t'] })).toEqual([newer.id])
      expect(await ids({ Text: 'newer' })).toEqual([newer.id])
      expect(await ids({ FileIds: [media.id, 'nonsense'] })).toEqual([media.id])
      expect(await ids({ Categories: ['Image'] })).toEqual([])
      expect(await ids({ SourceTypes: ['Record'] })).toEqual([])
      expect(await ids({ ClassIds: [0] })).toEqual([newer.id, media.id])
    })

    it.each([
      ['InvalidParameterValue.Limit', { Offset: 4_995 }],
      ['InvalidParameterValue', { Categories: ['Text'] }],
      ['UnsupportedOperation', { StreamIds: ['s'] }],
      ['InvalidParameterValue', { CreateTime: { After: 'yesterday' } }],
    ])('answers %s to %j', async (code, parameters) => {
      await expect(client.request('SearchMedia', parameters)).rejects.toMatchObject({ code })
    })
  })

  describe('DeleteMedia', () => {
    it('hides a media at once, and has its files removed', async () => {
      const { TaskId = '' } = await client.ProcessMedia({
        FileId: media.id,
        MediaProcessTask: { ImageSpriteTaskSet: [{ Definition: 10 }] },
      })
      await client.DeleteMedia({ FileId: media.id })
      expect(await client.DescribeMediaInfos({ FileIds: [media.id] })).toMatchObject({ NotExistFileIdSet: [media.id] })
      expect(await client.DescribeTaskDetail({ TaskId })).toMatchObject({ ProcedureTask: { FileId: media.id } })
      expect([...unitOfWork.tables.aborts.keys()]).toHaveLength(1)
      expect([...unitOfWork.tables.removals.values()]).toMatchObject([{ removal: { media: { id: media.id } } }])
      for (const FileId of [media.id, 'nonsense']) {
        await expect(client.DeleteMedia({ FileId })).rejects.toMatchObject({ code: 'ResourceNotFound' })
      }
    })

    it('may delete a part, of which there may be nothing', async () => {
      const remove = (Type: string) => client.DeleteMedia({ FileId: media.id, DeleteParts: [{ Type, Definition: 0 }] })
      await remove('AdaptiveDynamicStreamingFiles')
      expect(unitOfWork.tables.removals.size).toBe(0)
      await remove('OriginalFiles')
      expect([...unitOfWork.tables.removals.values()]).toMatchObject([{ removal: { parts: ['source'] } }])
      expect(await client.DescribeMediaInfos({ FileIds: [media.id] })).toMatchObject({ NotExistFileIdSet: [] })
      await expect(remove('Everything')).rejects.toMatchObject({ code: 'InvalidParameterValue' })
    })
  })

  describe('DescribeTasks and ManageTask', () => {
    const start = async () => {
      const MediaProcessTask = { ImageSpriteTaskSet: [{ Definition: 10 }] }
      const { TaskId = '' } = await client.ProcessMedia({ FileId: media.id, MediaProcessTask, SessionContext: 'c' })
      return TaskId
    }

    it('lists tasks page by page', async () => {
      const ids = [await start(), await start(), await start()]
      const seen: (string | undefined)[] = []
      let ScrollToken = ''
      do {
        const page = await client.DescribeTasks({ Limit: 2, ...(ScrollToken !== '' && { ScrollToken }) })
        seen.push(...(page.TaskSet ?? []).map(({ TaskId }) => TaskId))
        ScrollToken = page.ScrollToken ?? ''
      } while (ScrollToken !== '')
      expect(seen.toSorted()).toEqual(ids.toSorted())
      const facts = { Status: 'WAITING', FileId: media.id, TaskType: 'Procedure', SessionContext: 'c', FinishTime: '' }
      expect((await client.DescribeTasks({ Status: 'WAITING' })).TaskSet).toMatchObject([facts, facts, facts])
      expect(await client.DescribeTasks({ Status: 'FINISH' })).toMatchObject({ TaskSet: [], ScrollToken: '' })
      expect((await client.DescribeTasks({ FileId: media.id })).TaskSet).toHaveLength(3)
    })

    it.each([
      ['InvalidParameterValue.Status', { Status: 'ABORTED' }],
      ['InvalidParameterValue', { ScrollToken: 'nonsense' }],
      ['InvalidParameterValue.Limit', { Limit: 101 }],
      ['InvalidParameterValue', { Sort: { Field: 'TaskId', Order: 'Asc' } }],
    ])('answers %s to %j', async (code, parameters) => {
      await expect(client.request('DescribeTasks', parameters)).rejects.toMatchObject({ code })
    })

    it('aborts what waits, and nothing that has begun', async () => {
      const TaskId = await start()
      await client.ManageTask({ TaskId, OperationType: 'Abort' })
      expect(unitOfWork.tables.aborts.size).toBe(1)
      const [runId] = unitOfWork.tables.aborts.keys()
      const run = runId && unitOfWork.tables.runs.get(runId)
      if (run !== undefined && runId !== undefined) unitOfWork.tables.runs.set(runId, { ...run, state: 'processing' })
      const late = client.ManageTask({ TaskId, OperationType: 'Abort' })
      await expect(late).rejects.toMatchObject({ code: 'FailedOperation' })
      const unknown = client.ManageTask({ TaskId: 'nonsense', OperationType: 'Abort' })
      await expect(unknown).rejects.toMatchObject({ code: 'InvalidParameterValue.TaskId' })
      const other = client.ManageTask({ TaskId, OperationType: 'Pause' })
      await expect(other).rejects.toMatchObject({ code: 'InvalidParameterValue.InvalidOperationType' })
    })

    it('tells of a pull', async () => {
      const pull = aRun(media, { type: 'pull' })
      await unitOfWork.stores.runs.insert(pull, [], new Date())
      const TaskId = `1500000000-Pull-${pull.id}`
      expect((await client.DescribeTasks({})).TaskSet).toMatchObject([{ TaskId, TaskType: 'PullUpload' }])
      const detail = await client.DescribeTaskDetail({ TaskId })
      expect(detail).toMatchObject({ TaskType: 'PullUpload', PullUploadTask: { TaskId, FileId: media.id } })
      const wrong = client.DescribeTaskDetail({ TaskId: `1500000000-Procedure-${pull.id}t0` })
      await expect(wrong).rejects.toMatchObject({ code: 'InvalidParameterValue.TaskId' })
    })
  })
})

import { aMedia, type MemoryUnitOfWork, succeedTask } from '@libs/testing'
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
          ...{ KeyFrameDescInfo: null, TranscodeInfo: null, ReviewInfo: null },
        },
      ])
    })

    it('tells no more than the filters name', async () => {
      const asked = { FileIds: [media.id], Filters: ['metaData'] }
      const { MediaInfoSet } = await client.DescribeMediaInfos(asked)
      expect(MediaInfoSet).toMatchObject([{ BasicInfo: null, MetaData: { Duration: 20 }, SampleSnapshotInfo: null }])
    })

    it.each([
      ['InvalidParameterValue.FileIdsEmpty', { FileIds: [] }],
      ['InvalidParameterValue.FileIdsOverLimit', { FileIds: Array.from({ length: 21 }, () => '1') }],
      ['InvalidParameterValue', { FileIds: ['1'], Filters: ['everything'] }],
    ])('answers %s', async (code, parameters) => {
      await expect(client.DescribeMediaInfos(parameters)).rejects.toMatchObject({ code })
    })
  })
})

import { AppError, timeOfId } from '@libs/kernel'
import { DescribeMedia, type DescribedMedia } from '@libs/workflow'
import { actionParameters, defineAction } from '../../aliyun-rpc/define-action'
import { vendorTime } from '../../aliyun-rpc/vendor-time'
import { integerIn, oneOf, string } from '../../parameters/fields'
import { producedBy, type SnapshotType, snapshotTypes } from '../codecs/produced'
import { regularOf } from '../codecs/regular'
import { decodeMediaId } from '../../aliyun-rpc/snapshots/ids'

const dayS = 24 * 3600
/** ApsaraVideo VOD, "ListSnapshots": less than an hour is an hour. */
const shortestTimeoutS = 3600

/** The files of the latest job that brought some of that type. @throws AppError that says why the media is none */
function latestOf({ media, latest }: DescribedMedia, type: SnapshotType) {
  if (media.fault !== undefined) throw new AppError(media.fault.code, media.fault.detail, { field: 'VideoId' })
  const made = latest.flatMap((task) => {
    const files = producedBy(task)[type]
    return files === undefined || files.length === 0 ? [] : [{ task, files }]
  })
  return made.toSorted((a, b) => endedAtMs(b.task) - endedAtMs(a.task))[0]
}

function endedAtMs({ finishedAt }: { readonly finishedAt: Date | undefined }): number {
  return finishedAt?.getTime() ?? 0
}

export const listSnapshots = defineAction({
  parameters: actionParameters({
    VideoId: string(64),
    SnapshotType: oneOf(snapshotTypes).default('CoverSnapshot'),
    AuthTimeout: integerIn(0, 30 * dayS)
      .default(shortestTimeoutS)
      .transform((seconds) => Math.max(seconds, shortestTimeoutS)),
    PageNo: integerIn(1, 1_000_000).default(1),
    PageSize: integerIn(1, 100).default(20),
  }),
  useCase: DescribeMedia,
  toCommand: ({ VideoId, ...asked }, { subAppId }) => ({ subAppId, mediaId: decodeMediaId(VideoId), asked }),
  execute: async (describe, { subAppId, mediaId, asked }) => ({
    made: latestOf(await describe.one(subAppId, mediaId), asked.SnapshotType),
    asked,
  }),
  toResponse({ made, asked }, { urls }) {
    if (made === undefined) return { MediaSnapshot: { Total: 0, Snapshots: { Snapshot: [] } } }
    const { task, files } = made
    const found = files.map(({ key }, index) => ({ Index: index + 1, Url: urls.urlOf(key, asked.AuthTimeout) }))
    const from = (asked.PageNo - 1) * asked.PageSize
    return {
      MediaSnapshot: {
        CreationTime: vendorTime(timeOfId(task.runId)),
        JobId: task.runId,
        Regular: regularOf(found.map(({ Url }) => Url)) ?? '',
        Total: found.length,
        Snapshots: { Snapshot: found.slice(from, from + asked.PageSize) },
      },
    }
  },
})

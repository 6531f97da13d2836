import { AppError, timeOfId } from '@libs/kernel'
import { DescribeMedia, type Media } from '@libs/workflow'
import { actionParameters, defineAction } from '../../aliyun-rpc/define-action'
import { vendorTime } from '../../aliyun-rpc/vendor-time'
import { integerIn, oneOf, string } from '../../parameters/fields'
import { broughtFiles, producedBy, snapshotTypes } from '../codecs/produced'
import { regularUrlOf } from '../codecs/regular'
import { decodeMediaId } from '../../aliyun-rpc/snapshots/ids'

const dayS = 24 * 3600
/** ApsaraVideo VOD, "ListSnapshots": less than an hour is an hour. */
const shortestTimeoutS = 3600

/** @throws AppError that says why the media is none */
function refuseUnreadable({ fault }: Media): void {
  if (fault !== undefined) throw new AppError(fault.code, fault.detail, { field: 'VideoId' })
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
  async execute(describe, { subAppId, mediaId, asked }) {
    const { media, task } = await describe.latestWith(subAppId, mediaId, broughtFiles[asked.SnapshotType])
    refuseUnreadable(media)
    return { task, asked }
  },
  toResponse({ task, asked }, { urls }) {
    if (task === undefined) return { MediaSnapshot: { Total: 0, Snapshots: { Snapshot: [] } } }
    const files = producedBy(task)[asked.SnapshotType] ?? []
    const urlOf = (key: string) => urls.urlOf(key, asked.AuthTimeout)
    const from = (asked.PageNo - 1) * asked.PageSize
    const page = files.slice(from, from + asked.PageSize)
    return {
      MediaSnapshot: {
        CreationTime: vendorTime(timeOfId(task.runId)),
        JobId: task.runId,
        Regular: regularUrlOf(files, urlOf) ?? '',
        Total: files.length,
        Snapshots: { Snapshot: page.map(({ key }, index) => ({ Index: from + index + 1, Url: urlOf(key) })) },
      },
    }
  },
})

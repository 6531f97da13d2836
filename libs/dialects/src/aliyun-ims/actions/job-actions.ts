import { DescribeRun } from '@libs/workflow'
import { actionParameters, defineAction } from '../../aliyun-rpc/define-action'
import { decodeJobId } from '../../aliyun-rpc/snapshots/ids'
import { integerIn, oneOf, string } from '../../parameters/fields'
import { filesOf, presentWholeJob } from '../codecs/job.codec'

const JobId = string(64)

export const getSnapshotJob = defineAction({
  parameters: actionParameters({ JobId }),
  useCase: DescribeRun,
  toCommand: (given, { subAppId }) => ({ subAppId, runId: decodeJobId(given.JobId) }),
  execute: (describe, { subAppId, runId }) => describe.execute(subAppId, runId),
  toResponse: ({ report }) => ({ SnapshotJob: presentWholeJob(report) }),
})

const longestTimeoutS = 129_600

/** A sprite has the URLs of its sheets, a WebVTT of whole pictures those of the pictures. */
export const getSnapshotUrls = defineAction({
  parameters: actionParameters({
    JobId,
    OrderBy: oneOf(['Asc', 'Desc']).default('Asc'),
    PageNumber: integerIn(1, 1_000_000).default(1),
    PageSize: integerIn(1, 30).default(10),
    Timeout: integerIn(1, longestTimeoutS).default(3600),
  }),
  useCase: DescribeRun,
  toCommand: (asked, { subAppId }) => ({ subAppId, runId: decodeJobId(asked.JobId), asked }),
  execute: async (describe, { subAppId, runId, asked }) => ({ asked, found: await describe.execute(subAppId, runId) }),
  toResponse({ asked, found }, { urls }) {
    const { pictures, vtt } = filesOf(found.report)
    const ordered = asked.OrderBy === 'Asc' ? pictures : pictures.toReversed()
    const from = (asked.PageNumber - 1) * asked.PageSize
    const urlOf = ({ key }: { readonly key: string }) => urls.urlOf(key, asked.Timeout)
    return {
      SnapshotUrls: ordered.slice(from, from + asked.PageSize).map(urlOf),
      Total: pictures.length,
      ...(vtt && { WebVTTUrl: urlOf(vtt) }),
    }
  },
})

import { DescribeRun, ListRuns } from '@libs/workflow'
import { actionParameters, defineAction } from '../../aliyun-rpc/define-action'
import { vendorTime } from '../../aliyun-rpc/vendor-time'
import { oneOf, string } from '../../parameters/fields'
import { encodeJobConfig } from '../codecs/job-config.codec'
import { decodeJobId, decodeMediaId } from '../../aliyun-rpc/snapshots/ids'
import { jobStatusOf } from '../../aliyun-rpc/snapshots/job-status'

/** Snapshots are the only jobs that are here; of the others there never is one. */
const JobType = oneOf(['snapshot'])

const mostJobs = 100

export const getJobDetail = defineAction({
  parameters: actionParameters({ JobId: string(64), JobType }),
  useCase: DescribeRun,
  toCommand: ({ JobId }, { subAppId }) => ({ subAppId, runId: decodeJobId(JobId) }),
  execute: (describe, { subAppId, runId }) => describe.execute(subAppId, runId),
  toResponse: ({ report, media }) => ({
    JobType: 'snapshot',
    SnapshotJobDetail: {
      JobId: report.run.id,
      VideoId: media.id,
      UserId: report.run.subAppId,
      Status: jobStatusOf(report),
      Trigger: 'Manual',
      CreateTime: vendorTime(report.run.createdAt),
      ...(report.run.finishedAt && { CompleteTime: vendorTime(report.run.finishedAt) }),
      ...report.tasks.reduce<object>((configs, task) => ({ ...configs, ...encodeJobConfig(task) }), {}),
    },
  }),
})

/** The latest jobs of a media come first. */
export const listJobInfo = defineAction({
  parameters: actionParameters({ MediaId: string(64), JobType }),
  useCase: ListRuns,
  toCommand: ({ MediaId }, { subAppId }) => ({ subAppId, mediaId: decodeMediaId(MediaId) }),
  async execute(list, { subAppId, mediaId }) {
    const query = { by: 'createdAt', order: 'descending', limit: mostJobs } as const
    return { mediaId, ...(await list.ofMedia(subAppId, mediaId, query)) }
  },
  toResponse: ({ mediaId, reports }) => ({
    JobType: 'snapshot',
    MediaId: mediaId,
    JobInfoList: reports.map((report) => ({
      JobId: report.run.id,
      Status: jobStatusOf(report),
      CreateTime: vendorTime(report.run.createdAt),
      ...(report.run.finishedAt && { CompleteTime: vendorTime(report.run.finishedAt) }),
      UserId: report.run.subAppId,
    })),
  }),
})

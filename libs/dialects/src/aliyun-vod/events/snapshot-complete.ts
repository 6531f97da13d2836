import type { PictureKindName } from '@libs/tasks'
import { type FileUrls, hasSucceeded, type ProcedureStateChanged, type Run, type Task } from '@libs/workflow'
import { vendorTime } from '../../aliyun-rpc/vendor-time'
import { vendorFaultOf } from '../../aliyun-rpc/errors'
import { producedBy } from '../codecs/produced'
import { regularOf, regularUrlOf } from '../codecs/regular'
import { readUserData } from '../user-data'

/** SnapshotInfo, one for each type of files that a task brought. */
function infosOf(task: Task<PictureKindName>, urls: FileUrls): readonly object[] {
  if (!hasSucceeded(task)) return []
  return Object.entries(producedBy(task)).map(([SnapshotType, files]) => ({
    Status: 'success',
    SnapshotType,
    SnapshotCount: files.length,
    SnapshotFormat: regularOf(files.map(({ key }) => key)) ?? files[0]?.key ?? '',
    SnapshotRegular: regularUrlOf(files, (key) => urls.urlOf(key)) ?? urls.urlOf(files[0]?.key ?? ''),
    JobId: task.runId,
  }))
}

function extendOf({ sessionContext }: Run): { readonly Extend?: string } {
  return sessionContext === '' ? {} : { Extend: readUserData(sessionContext).extend }
}

/** What a job brought: ApsaraVideo VOD, "SnapshotComplete", has no such members where it failed. */
function broughtBy({ report, media }: ProcedureStateChanged, urls: FileUrls): object {
  return {
    ...(media.coverKey !== undefined && { CoverUrl: urls.urlOf(media.coverKey) }),
    SnapshotInfos: report.tasks.flatMap((task) => infosOf(task, urls)),
  }
}

/** SnapshotComplete: the job has failed when a part of it has. */
export function encodeSnapshotComplete(event: ProcedureStateChanged, urls: FileUrls): object {
  const { media } = event
  const { run, tasks } = event.report
  const fault = tasks.find((task) => task.fault !== undefined)?.fault
  return {
    EventTime: vendorTime(run.finishedAt ?? run.createdAt),
    EventType: 'SnapshotComplete',
    SubType: 'SpecifiedTime',
    VideoId: media.id,
    Status: fault === undefined ? 'success' : 'fail',
    ...extendOf(run),
    ...(fault === undefined ? broughtBy(event, urls) : vendorFaultOf(fault)),
  }
}

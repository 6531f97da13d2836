import type { PictureKindName } from '@libs/tasks'
import type { FileUrls, ProcedureStateChanged, Run, SucceededTask, Task } from '@libs/workflow'
import { vendorTime } from '../../aliyun-rpc/vendor-time'
import { vendorFaultOf } from '../../aliyun-rpc/errors'
import { producedBy } from '../codecs/produced'
import { regularOf, regularUrlOf } from '../codecs/regular'
import { readUserData } from '../user-data'

function hasSucceeded<Kind extends PictureKindName>(task: Task<Kind>): task is SucceededTask<Kind> {
  return task.state === 'succeeded' && task.output !== undefined
}

/** SnapshotInfo, one for each type of files that a task brought; for one that failed, why. */
function infosOf(task: Task<PictureKindName>, urls: FileUrls): readonly object[] {
  if (task.fault !== undefined) return [{ Status: 'fail', JobId: task.runId, ...vendorFaultOf(task.fault) }]
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

/** SnapshotComplete: the job has failed when a part of it has. */
export function encodeSnapshotComplete({ report, media }: ProcedureStateChanged, urls: FileUrls): object {
  const { run, tasks } = report
  const fault = tasks.find((task) => task.fault !== undefined)?.fault
  return {
    EventTime: vendorTime(run.finishedAt ?? run.createdAt),
    EventType: 'SnapshotComplete',
    SubType: 'SpecifiedTime',
    VideoId: media.id,
    Status: fault === undefined ? 'success' : 'fail',
    ...(fault && vendorFaultOf(fault)),
    ...(media.coverKey !== undefined && { CoverUrl: urls.urlOf(media.coverKey) }),
    ...extendOf(run),
    SnapshotInfos: tasks.flatMap((task) => infosOf(task, urls)),
  }
}

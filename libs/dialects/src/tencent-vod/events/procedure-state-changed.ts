import { type DescribedRun, type FileUrls, noteOfProcedure } from '@libs/workflow'
import { encodeMetaData } from '../codecs/media/meta-data.codec'
import { encodeTaskResult } from '../codecs/task-result.codec'
import { vendorNotifyMode } from '../codecs/vendor-words'
import { taskIdOf } from '../task-ids'

/**
 * ProcedureTask, the same in events and in DescribeTaskDetail: members in the order of Tencent's own callbacks, those
 * that would be null left out. `FINISH` is not success: failure lives in each result.
 */
export function encodeProcedureTask({ report, media }: DescribedRun, urls: FileUrls): object {
  const { run, tasks } = report
  return {
    TaskId: taskIdOf(run.subAppId, run.id),
    Status: run.state === 'finished' || run.state === 'aborted' ? 'FINISH' : 'PROCESSING',
    ErrCode: 0,
    Message: noteOfProcedure(run.procedureName) ?? 'SUCCESS',
    FileId: media.id,
    FileName: media.name,
    FileUrl: urls.urlOf(media.sourceKey),
    ...(media.info && { MetaData: encodeMetaData(media.info) }),
    MediaProcessResultSet: tasks.map((task) => encodeTaskResult(task, urls)),
    TasksPriority: run.priority,
    TasksNotifyMode: run.notifyMode === undefined ? '' : vendorNotifyMode[run.notifyMode],
    SessionContext: run.sessionContext,
    // What REST callers gave along; no action of the vendor's takes it.
    ...(run.userData !== undefined && { UserData: run.userData }),
    SessionId: run.sessionId,
  }
}

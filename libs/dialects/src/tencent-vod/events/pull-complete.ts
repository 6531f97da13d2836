import type { FileUrls, MediaPulled } from '@libs/workflow'
import { encodeMediaBasicInfo } from '../codecs/media/media-basic-info.codec'
import { encodeMetaData } from '../codecs/media/meta-data.codec'
import { vendorFaultOf } from '../errors'
import { pullTaskIdOf, taskIdOf } from '../task-ids'

/** PullUploadTask: the same in PullComplete and in DescribeTaskDetail. */
export function encodePullUploadTask({ run, media }: Omit<MediaPulled, 'type'>, urls: FileUrls): object {
  const hasEnded = media.state !== 'ingesting'
  const { ErrCode, Message } = media.fault ? vendorFaultOf(media.fault) : { ErrCode: 0, Message: 'SUCCESS' }
  return {
    TaskId: pullTaskIdOf(run.subAppId, run.id),
    Status: hasEnded ? 'FINISH' : 'PROCESSING',
    ErrCode,
    Message: hasEnded ? Message : '',
    FileId: media.id,
    MediaBasicInfo: encodeMediaBasicInfo(media, urls),
    MetaData: media.info === undefined ? null : encodeMetaData(media.info),
    FileUrl: media.state === 'ready' ? urls.urlOf(media.sourceKey) : '',
    ProcedureTaskId: run.nextRunId === undefined ? '' : taskIdOf(run.subAppId, run.nextRunId),
    ReviewAudioVideoTaskId: '',
    SessionContext: run.sessionContext,
    SessionId: run.sessionId,
    Progress: hasEnded ? 100 : 0,
  }
}

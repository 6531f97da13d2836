import type { FileUrls, MediaUploaded } from '@libs/workflow'
import { encodeMediaBasicInfo } from '../codecs/media/media-basic-info.codec'
import { encodeMetaData } from '../codecs/media/meta-data.codec'
import { taskIdOf } from '../task-ids'

/** FileUploadTask; what there is not is null, as in the vendor's samples. */
export function encodeFileUploadTask({ run, media }: MediaUploaded, urls: FileUrls): object {
  return {
    FileId: media.id,
    MediaBasicInfo: encodeMediaBasicInfo(media, urls),
    ProcedureTaskId: run.nextRunId === undefined ? '' : taskIdOf(run.subAppId, run.nextRunId),
    ReviewAudioVideoTaskId: '',
    MetaData: media.info === undefined ? null : encodeMetaData(media.info),
  }
}

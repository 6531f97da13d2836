import { AppError } from '@libs/kernel'
import { ProcessMedia, type RunSource, sourceNameOfUrl } from '@libs/workflow'
import { mediaProcessTask, taskFieldName } from '../../codecs/media-process-task.codec'
import { actionParameters, defineAction } from '../../define-action'
import { alwaysOff, httpUrl, unsupported } from '../../protocol/fields'
import { taskIdOf } from '../../task-ids'
import { decodeFileId, fileId } from './file-id'
import { runOrderShape, toRunOrder } from './run-order'

function sourceOf(FileId: string, url: string): RunSource {
  if (FileId !== '' && url !== '') {
    throw new AppError('request.invalidParameter', 'Give either FileId or Url, not both.', { field: 'Url' })
  }
  if (url !== '') return { url, ...sourceNameOfUrl(new URL(url)) }
  if (FileId !== '') return { mediaId: decodeFileId(FileId) }
  throw new AppError('request.missingParameter', 'Either FileId or Url is needed.', { field: 'FileId' })
}

/** SessionId is taken once in three days. */
export const processMedia = defineAction({
  parameters: actionParameters({
    FileId: fileId,
    Url: httpUrl.default(''),
    MediaStoragePath: unsupported,
    MediaProcessTask: mediaProcessTask.default({ tasks: [], paths: [] }),
    AiContentReviewTask: unsupported,
    AiAnalysisTask: unsupported,
    AiRecognitionTask: unsupported,
    OutputAsIndependentMedia: alwaysOff,
    ...runOrderShape,
  }),
  useCase: ProcessMedia,
  toCommand: (parameters, { subAppId }) => ({
    ...toRunOrder(parameters, { scope: 'ProcessMedia', days: 3 }),
    subAppId,
    source: sourceOf(parameters.FileId, parameters.Url),
    work: { tasks: parameters.MediaProcessTask.tasks },
  }),
  execute: (process, command) => process.execute(command),
  toResponse: ({ runId }, { caller }) => ({ TaskId: taskIdOf(caller.subAppId, runId) }),
  fieldName: (field, { MediaProcessTask }) => taskFieldName(field, MediaProcessTask),
})

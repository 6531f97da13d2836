import { AppError } from '@libs/kernel'
import { CreateProcedure } from '@libs/workflow'
import { mediaProcessTask, taskFieldName } from '../../codecs/media-process-task.codec'
import { actionParameters, defineAction } from '../../define-action'
import { string, unsupported } from '../../protocol/fields'

export const createProcedureTemplate = defineAction({
  parameters: actionParameters({
    Name: string(20).refine((name) => name !== '', 'A name is needed.'),
    Comment: string(256).default(''),
    MediaProcessTask: mediaProcessTask.default({ tasks: [], paths: [] }),
    AiContentReviewTask: unsupported,
    AiAnalysisTask: unsupported,
    AiRecognitionTaskSet: unsupported,
    AiRecognitionTask: unsupported,
    ReviewAudioVideoTask: unsupported,
    ImportMediaKnowledgeTaskSet: unsupported,
  }),
  useCase: CreateProcedure,
  toCommand({ Name, Comment, MediaProcessTask: { tasks } }, { subAppId }) {
    if (tasks.length > 0) return { subAppId, name: Name, comment: Comment, tasks }
    throw new AppError('request.missingParameter', 'At least one task is needed.', { field: 'MediaProcessTask' })
  },
  execute: (create, command) => create.execute(command),
  toResponse: () => ({}),
  fieldName: (field, { MediaProcessTask }) => taskFieldName(field, MediaProcessTask),
})

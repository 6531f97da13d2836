import { AppError } from '@libs/kernel'
import type { ProcedureCommand } from '@libs/workflow'
import type { z } from 'zod'
import type { Caller } from '../../../dialect'
import { mediaProcessTask } from '../../codecs/media-process-task.codec'
import { actionParameters } from '../../define-action'
import { string, unsupported } from '../../protocol/fields'

/** The parameters of the actions that say what a procedure is. */
export const procedureParameters = actionParameters({
  Name: string(20).refine((name) => name !== '', 'A name is needed.'),
  Comment: string(256).default(''),
  MediaProcessTask: mediaProcessTask.default({ tasks: [], paths: [] }),
  AiContentReviewTask: unsupported,
  AiAnalysisTask: unsupported,
  AiRecognitionTaskSet: unsupported,
  AiRecognitionTask: unsupported,
  ReviewAudioVideoTask: unsupported,
  ImportMediaKnowledgeTaskSet: unsupported,
})

type ProcedureParameters = z.output<typeof procedureParameters>

/** @throws AppError `request.missingParameter` when it is to do nothing */
export function toProcedureCommand(
  { Name, Comment, MediaProcessTask: { tasks } }: ProcedureParameters,
  { subAppId }: Caller,
): ProcedureCommand {
  if (tasks.length > 0) return { subAppId, name: Name, comment: Comment, tasks }
  throw new AppError('request.missingParameter', 'At least one task is needed.', { field: 'MediaProcessTask' })
}

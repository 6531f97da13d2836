import { AppError } from '@libs/kernel'
import { ProcessMedia } from '@libs/workflow'
import { actionParameters, defineAction } from '../../define-action'
import { string, unsupported } from '../../protocol/fields'
import { taskIdOf } from '../../task-ids'
import { decodeFileId, fileId } from './file-id'
import { runOrderShape, toRunOrder } from './run-order'

/** SessionId is taken once in seven days. */
export const processMediaByProcedure = defineAction({
  parameters: actionParameters({
    ProcedureName: string(64),
    FileId: fileId,
    MediaStoragePath: unsupported,
    ...runOrderShape,
  }),
  useCase: ProcessMedia,
  toCommand(parameters, { subAppId }) {
    const { FileId, ProcedureName } = parameters
    if (FileId === '') throw new AppError('request.missingParameter', 'The parameter is required.', { field: 'FileId' })
    return {
      ...toRunOrder(parameters, { scope: 'ProcessMediaByProcedure', days: 7 }),
      subAppId,
      source: { mediaId: decodeFileId(FileId) },
      work: { procedureName: ProcedureName },
    }
  },
  execute: (process, command) => process.execute(command),
  toResponse: ({ runId }, { caller }) => ({ TaskId: taskIdOf(caller.subAppId, runId) }),
  fieldName: (field) => (field.startsWith('tasks') ? 'ProcedureName' : undefined),
})

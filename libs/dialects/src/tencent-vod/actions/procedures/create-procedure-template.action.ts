import { CreateProcedure } from '@libs/workflow'
import { taskFieldName } from '../../codecs/media-process-task.codec'
import { defineAction } from '../../define-action'
import { procedureParameters, toProcedureCommand } from './procedure-parameters'

export const createProcedureTemplate = defineAction({
  parameters: procedureParameters,
  useCase: CreateProcedure,
  toCommand: toProcedureCommand,
  execute: (create, command) => create.execute(command),
  toResponse: () => ({}),
  fieldName: (field, { MediaProcessTask }) => taskFieldName(field, MediaProcessTask),
})

import { ResetProcedure } from '@libs/workflow'
import { taskFieldName } from '../../codecs/media-process-task.codec'
import { defineAction } from '../../define-action'
import { procedureParameters, toProcedureCommand } from './procedure-parameters'

export const resetProcedureTemplate = defineAction({
  parameters: procedureParameters,
  useCase: ResetProcedure,
  toCommand: toProcedureCommand,
  execute: (reset, command) => reset.execute(command),
  toResponse: () => ({}),
  refusals: { 'procedure.notFound': 'InvalidParameter.ProcedureNameNotExist' },
  fieldName: (field, { MediaProcessTask }) => taskFieldName(field, MediaProcessTask),
})

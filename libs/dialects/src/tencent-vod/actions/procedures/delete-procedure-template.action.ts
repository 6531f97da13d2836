import { DeleteProcedure } from '@libs/workflow'
import { actionParameters, defineAction } from '../../define-action'
import { string } from '../../protocol/fields'

export const deleteProcedureTemplate = defineAction({
  parameters: actionParameters({ Name: string(64) }),
  useCase: DeleteProcedure,
  toCommand: ({ Name }, { subAppId }) => ({ subAppId, name: Name }),
  execute: (remove, { subAppId, name }) => remove.execute(subAppId, name),
  toResponse: () => ({}),
  refusals: { 'procedure.notFound': 'InvalidParameter.ProcedureNameNotExist' },
})

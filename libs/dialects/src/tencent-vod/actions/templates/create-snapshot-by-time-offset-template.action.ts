import { CreateTemplate } from '@libs/workflow'
import { snapshotByTimeOffsetTemplate } from '../../codecs/templates/template.codec'
import { mostTemplates, templateShapes } from '../../codecs/templates/template-parameters'
import { actionParameters, defineAction } from '../../define-action'

export const createSnapshotByTimeOffsetTemplate = defineAction({
  parameters: actionParameters(templateShapes.snapshotByTimeOffset),
  useCase: CreateTemplate,
  toCommand: (parameters, { subAppId }) => ({ subAppId, template: snapshotByTimeOffsetTemplate(parameters) }),
  execute: (create, { subAppId, template }) => create.execute(subAppId, template, { most: mostTemplates }),
  toResponse: (definition) => ({ Definition: definition }),
})

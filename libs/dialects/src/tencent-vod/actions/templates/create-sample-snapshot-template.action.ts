import { CreateTemplate } from '@libs/workflow'
import { sampleSnapshotTemplate } from '../../codecs/templates/template.codec'
import { mostTemplates, templateShapes } from '../../codecs/templates/template-parameters'
import { percentWithinHundred } from '../../codecs/templates/sampling.codec'
import { actionParameters, defineAction } from '../../define-action'

export const createSampleSnapshotTemplate = defineAction({
  parameters: actionParameters(templateShapes.sampleSnapshot).superRefine(percentWithinHundred),
  useCase: CreateTemplate,
  toCommand: (parameters, { subAppId }) => ({ subAppId, template: sampleSnapshotTemplate(parameters) }),
  execute: (create, { subAppId, template }) => create.execute(subAppId, template, { most: mostTemplates }),
  toResponse: (definition) => ({ Definition: definition }),
})

import { CreateTemplate } from '@libs/workflow'
import { imageSpriteTemplate } from '../../codecs/templates/template.codec'
import { mostTemplates, sheetWithinLimits, templateShapes } from '../../codecs/templates/template-parameters'
import { percentWithinHundred } from '../../codecs/templates/sampling.codec'
import { actionParameters, defineAction } from '../../define-action'

export const createImageSpriteTemplate = defineAction({
  parameters: actionParameters(templateShapes.imageSprite)
    .superRefine(percentWithinHundred)
    .superRefine(sheetWithinLimits),
  useCase: CreateTemplate,
  toCommand: (parameters, { subAppId }) => ({ subAppId, template: imageSpriteTemplate(parameters) }),
  execute: (create, { subAppId, template }) => create.execute(subAppId, template, { most: mostTemplates }),
  toResponse: (definition) => ({ Definition: definition }),
})

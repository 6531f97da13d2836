import { templateParameters, templateShapes } from '../../codecs/templates/template-parameters'
import { imageSpriteTemplate } from '../../codecs/templates/template.codec'
import { modifyTemplateAction } from './change-actions'

export const modifyImageSpriteTemplate = modifyTemplateAction({
  template: 'imageSprite',
  shape: templateShapes.imageSprite,
  parameters: templateParameters.imageSprite,
  decode: imageSpriteTemplate,
})

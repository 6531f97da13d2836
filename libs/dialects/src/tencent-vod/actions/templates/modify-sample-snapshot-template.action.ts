import { templateParameters, templateShapes } from '../../codecs/templates/template-parameters'
import { sampleSnapshotTemplate } from '../../codecs/templates/template.codec'
import { modifyTemplateAction } from './change-actions'

export const modifySampleSnapshotTemplate = modifyTemplateAction({
  template: 'sampleSnapshot',
  shape: templateShapes.sampleSnapshot,
  parameters: templateParameters.sampleSnapshot,
  decode: sampleSnapshotTemplate,
})

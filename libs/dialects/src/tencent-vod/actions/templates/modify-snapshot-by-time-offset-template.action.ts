import { templateParameters, templateShapes } from '../../codecs/templates/template-parameters'
import { snapshotByTimeOffsetTemplate } from '../../codecs/templates/template.codec'
import { modifyTemplateAction } from './change-actions'

export const modifySnapshotByTimeOffsetTemplate = modifyTemplateAction({
  template: 'snapshotByTimeOffset',
  shape: templateShapes.snapshotByTimeOffset,
  parameters: templateParameters.snapshotByTimeOffset,
  decode: snapshotByTimeOffsetTemplate,
})

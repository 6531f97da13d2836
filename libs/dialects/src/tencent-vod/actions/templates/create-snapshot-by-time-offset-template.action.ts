import { CreateTemplate } from '@libs/workflow'
import { pictureShape } from '../../codecs/templates/picture-settings.codec'
import { decodeSettings } from '../../codecs/templates/template.codec'
import { actionParameters, defineAction } from '../../define-action'

export const createSnapshotByTimeOffsetTemplate = defineAction({
  parameters: actionParameters(pictureShape),
  useCase: CreateTemplate,
  toCommand: (parameters, { subAppId }) => ({
    subAppId,
    template: {
      template: 'snapshotByTimeOffset' as const,
      name: parameters.Name,
      comment: parameters.Comment,
      settings: decodeSettings.snapshotByTimeOffset(parameters),
    },
  }),
  execute: (create, { subAppId, template }) => create.execute(subAppId, template),
  toResponse: (definition) => ({ Definition: definition }),
})

import { CreateTemplate } from '@libs/workflow'
import { pictureShape } from '../../codecs/templates/picture-settings.codec'
import { percentWithinHundred, samplingShape } from '../../codecs/templates/sampling.codec'
import { decodeSettings } from '../../codecs/templates/template.codec'
import { actionParameters, defineAction } from '../../define-action'

export const createSampleSnapshotTemplate = defineAction({
  parameters: actionParameters({ ...pictureShape, ...samplingShape }).superRefine(percentWithinHundred),
  useCase: CreateTemplate,
  toCommand: (parameters, { subAppId }) => ({
    subAppId,
    template: {
      template: 'sampleSnapshot' as const,
      name: parameters.Name,
      comment: parameters.Comment,
      settings: decodeSettings.sampleSnapshot(parameters),
    },
  }),
  execute: (create, { subAppId, template }) => create.execute(subAppId, template),
  toResponse: (definition) => ({ Definition: definition }),
})

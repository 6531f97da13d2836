import { CreateWatermark } from '@libs/workflow'
import { actionParameters, defineAction } from '../../define-action'
import { createShape, onlyOfItsType } from '../../codecs/watermarks/watermark-parameters'
import { watermarkTemplate } from '../../codecs/watermarks/watermark-template.codec'
import { imageBytes, imageField } from './image-content'

export const createWatermarkTemplate = defineAction({
  parameters: actionParameters(createShape).superRefine(onlyOfItsType),
  useCase: CreateWatermark,
  toCommand: (parameters, { subAppId }) => ({ subAppId, parameters, bytes: imageBytes(parameters.ImageTemplate) }),
  execute: (create, { subAppId, parameters, bytes }) =>
    create.execute(subAppId, bytes, (image) => watermarkTemplate(parameters, image)),
  toResponse: ({ definition, image }, { urls }) => ({
    Definition: definition,
    ...(image && { ImageUrl: urls.urlOf(image.key) }),
  }),
  fieldName: imageField,
})

import type { WatermarkImage } from '@libs/tasks'
import { ChangeWatermark, type Template } from '@libs/workflow'
import { modifyShape, wholeParameters } from '../../codecs/watermarks/watermark-parameters'
import { encodeParameters, watermarkTemplate } from '../../codecs/watermarks/watermark-template.codec'
import { actionParameters, defineAction } from '../../define-action'
import { definition } from '../../protocol/fields'
import { checkParameters } from '../../../parameters/check-parameters'
import { imageBytes, imageField } from './image-content'

type Members = Readonly<Record<string, unknown>>

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null
}

/** What was given in the place of what was there, also within members. */
function laidOver(had: unknown, given: Members): Members {
  const changes = Object.entries(given).filter(([, value]) => value !== undefined)
  const kept = isMembers(had) ? had : {}
  return Object.fromEntries([
    ...Object.entries(kept),
    ...changes.map(([name, value]) => [name, isMembers(value) ? laidOver(kept[name], value) : value] as const),
  ])
}

/** What is left out stays, and what comes of it is checked as a new watermark is; its type stays whatever it is. */
export const modifyWatermarkTemplate = defineAction({
  parameters: actionParameters({ Definition: definition, ...modifyShape }),
  useCase: ChangeWatermark,
  toCommand({ Definition, SubAppId: _, ImageTemplate, ...given }, { subAppId }) {
    const { ImageContent, ...imageChanges } = ImageTemplate ?? {}
    const changes = { ...given, ...(ImageTemplate && { ImageTemplate: imageChanges }) }
    const revise = (current: Template<'watermark'>, image: WatermarkImage | undefined) => {
      const { mark } = current.settings
      const kept = mark.type === 'image' ? mark.image : undefined
      const parameters = checkParameters(wholeParameters, laidOver(encodeParameters(current), changes))
      return watermarkTemplate(parameters, image ?? kept)
    }
    return { subAppId, definition: Definition, bytes: imageBytes({ ImageContent }), revise }
  },
  execute: (change, { subAppId, definition: changed, bytes, revise }) =>
    change.execute(subAppId, changed, bytes, revise),
  toResponse: (image, { urls }) => (image === undefined ? {} : { ImageUrl: urls.urlOf(image.key) }),
  fieldName: imageField,
})

import { CreateTemplate } from '@libs/workflow'
import { pictureShape } from '../../codecs/templates/picture-settings.codec'
import { percentWithinHundred, samplingShape } from '../../codecs/templates/sampling.codec'
import { decodeSettings } from '../../codecs/templates/template.codec'
import { actionParameters, defineAction } from '../../define-action'
import { integerIn } from '../../protocol/fields'

/** Tencent Cloud VOD: the console's limit on cells, and CreateImageSpriteTemplate's on the side of a sheet. */
const mostCells = 100
const longestSidePx = 15_000

const parameters = actionParameters({
  ...pictureShape,
  ...samplingShape,
  RowCount: integerIn(1, mostCells),
  ColumnCount: integerIn(1, mostCells),
})
  .superRefine(percentWithinHundred)
  .refine(({ RowCount, ColumnCount }) => RowCount * ColumnCount <= mostCells, {
    path: ['RowCount'],
    message: `A sheet has at most ${mostCells} cells.`,
  })
  .refine(({ Width, ColumnCount }) => Width * ColumnCount <= longestSidePx, {
    path: ['Width'],
    message: `A sheet is at most ${longestSidePx} px wide.`,
  })
  .refine(({ Height, RowCount }) => Height * RowCount <= longestSidePx, {
    path: ['Height'],
    message: `A sheet is at most ${longestSidePx} px high.`,
  })

export const createImageSpriteTemplate = defineAction({
  parameters,
  useCase: CreateTemplate,
  toCommand: (given, { subAppId }) => ({
    subAppId,
    template: {
      template: 'imageSprite' as const,
      name: given.Name,
      comment: given.Comment,
      settings: decodeSettings.imageSprite(given),
    },
  }),
  execute: (create, { subAppId, template }) => create.execute(subAppId, template),
  toResponse: (definition) => ({ Definition: definition }),
})

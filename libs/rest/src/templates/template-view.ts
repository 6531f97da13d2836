import { markRepeat, watermarkOrigin } from '@libs/tasks'
import { z } from 'zod'
import { moment, pageView } from '../openapi/view'
import { pictureSettings, sampleSettings, sheetSettings } from './template-bodies'

export const definitionView = z.object({ definition: z.int() }).meta({ id: 'Definition' })

const facts = {
  definition: z.int(),
  type: z.enum(['preset', 'custom']),
  name: z.string(),
  comment: z.string(),
  createdAt: moment,
  updatedAt: moment,
}

const snapshotTemplate = z.object({
  template: z.literal('snapshotByTimeOffset'),
  ...facts,
  settings: pictureSettings,
})
const sampleTemplate = z.object({ template: z.literal('sampleSnapshot'), ...facts, settings: sampleSettings })
const spriteTemplate = z.object({ template: z.literal('imageSprite'), ...facts, settings: sheetSettings })

export const snapshotPage = pageView('SnapshotTemplatePage', snapshotTemplate.meta({ id: 'SnapshotTemplate' }))
export const samplePage = pageView('SampleTemplatePage', sampleTemplate.meta({ id: 'SampleTemplate' }))
export const spritePage = pageView('SpriteTemplatePage', spriteTemplate.meta({ id: 'SpriteTemplate' }))

/** Kept for vendors' clients; nothing draws them on stills. */
const vendorsMark = z.union([
  z.object({
    type: z.literal('text'),
    font: z.string(),
    fontSizePx: z.int(),
    colour: z.string(),
    opacity: z.number(),
  }),
  z.object({ type: z.literal('svg'), width: z.string(), height: z.string() }),
])

/** An image with its fields, or a mark that a vendor's client left. */
export const watermarkView = z
  .object({
    ...facts,
    origin: watermarkOrigin,
    x: z.string(),
    y: z.string(),
    imageUrl: z.string().optional(),
    width: z.string().optional(),
    height: z.string().optional(),
    transparencyPercent: z.int().optional(),
    repeat: markRepeat.optional(),
    mark: vendorsMark.optional(),
  })
  .meta({ id: 'Watermark' })

export const watermarkPage = pageView('WatermarkPage', watermarkView)
export const keptWatermarkView = z
  .object({ definition: z.int(), imageUrl: z.string().optional() })
  .meta({ id: 'KeptWatermark' })

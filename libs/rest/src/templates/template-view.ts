import { markRepeat, watermarkOrigin } from '@libs/tasks'
import { z } from 'zod'
import { moment, pageView } from '../openapi/view'
import { pictureSettings, retainResultsDays, sampleSettings, sheetSettings } from './template-bodies'

export const definitionView = z.object({ definition: z.int() }).meta({ id: 'Definition' })

const facts = {
  definition: z.int(),
  type: z.enum(['preset', 'custom']),
  name: z.string(),
  comment: z.string(),
  createdAt: moment,
  updatedAt: moment,
}

export const snapshotView = z
  .object({ template: z.literal('snapshotByTimeOffset'), ...facts, retainResultsDays, settings: pictureSettings })
  .meta({ id: 'SnapshotTemplate' })
export const sampleView = z
  .object({ template: z.literal('sampleSnapshot'), ...facts, retainResultsDays, settings: sampleSettings })
  .meta({ id: 'SampleTemplate' })
export const spriteView = z
  .object({ template: z.literal('imageSprite'), ...facts, retainResultsDays, settings: sheetSettings })
  .meta({ id: 'SpriteTemplate' })

export const snapshotPage = pageView('SnapshotTemplatePage', snapshotView)
export const samplePage = pageView('SampleTemplatePage', sampleView)
export const spritePage = pageView('SpriteTemplatePage', spriteView)

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

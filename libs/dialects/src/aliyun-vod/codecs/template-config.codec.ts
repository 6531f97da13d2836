import type { TemplateSettings } from '@libs/tasks'
import type { NewTemplate, Template } from '@libs/workflow'
import { z } from 'zod'
import { flag } from '../../aliyun-rpc/flag'
import type { SnapshotTemplate } from '../../aliyun-rpc/snapshots/list-templates'
import { oneOf, string, text } from '../../parameters/fields'
import { decodePicture, frameTypeOf, frameTypes } from '../../aliyun-rpc/snapshots/picture.codec'
import { decodeSeries, encodeSeries, seriesShape } from './series.codec'
import { side } from '../../aliyun-rpc/snapshots/sprite-layout.codec'
import { decodeSprite, encodeSprite, spriteConfig } from './sprite-config.codec'

const shape = {
  FrameType: oneOf(frameTypes),
  ...seriesShape,
  Count: seriesShape.Count.unwrap(),
  Interval: seriesShape.Interval.unwrap(),
  Width: side.optional(),
  Height: side.optional(),
}

const webVtt = {
  SpriteSnapshotConfig: spriteConfig.prefault({}),
  Format: string(8).optional(),
  SubOut: z.strictObject({ IsSptFrag: flag.default(false) }).prefault({}),
}

function withPlainType(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('SnapshotType' in value)) return value
  return { ...value, SnapshotType: text(value.SnapshotType) }
}

const config = z.discriminatedUnion('SnapshotType', [
  z.strictObject({ SnapshotType: z.literal('NormalSnapshot'), SnapshotConfig: z.strictObject(shape) }),
  z.strictObject({
    SnapshotType: z.literal('SpriteSnapshot'),
    SnapshotConfig: z.strictObject({ ...shape, SpriteSnapshotConfig: spriteConfig }),
  }),
  z.strictObject({
    SnapshotType: z.literal('WebVttSnapshot'),
    SnapshotConfig: z.strictObject({ ...shape, ...webVtt }),
  }),
])

/** TemplateConfig of a snapshot template. */
export const templateConfig = z.preprocess(withPlainType, config)

type TemplateConfig = z.output<typeof config>
type Decoded = NewTemplate<'sampleSnapshot'> | NewTemplate<'imageSprite'>

/** @returns the settings with the template that holds them. Small pictures are files where a WebVTT is not to name sheets. */
export function decodeTemplateConfig(
  { SnapshotType, SnapshotConfig }: TemplateConfig,
  facts: Pick<Decoded, 'name' | 'comment' | 'written'>,
): Decoded {
  const sampled = { ...decodePicture(SnapshotConfig), sampling: decodeSeries(SnapshotConfig) }
  switch (SnapshotType) {
    case 'NormalSnapshot':
      return { template: 'sampleSnapshot', settings: sampled, ...facts }
    case 'SpriteSnapshot': {
      const sheet = decodeSprite(SnapshotConfig.SpriteSnapshotConfig, SnapshotConfig)
      return { template: 'imageSprite', settings: { ...sampled, ...sheet }, ...facts }
    }
    case 'WebVttSnapshot': {
      const sheet = decodeSprite(SnapshotConfig.SpriteSnapshotConfig, SnapshotConfig)
      const delivery = SnapshotConfig.SubOut.IsSptFrag ? 'sheets' : 'cells'
      return { template: 'imageSprite', settings: { ...sampled, ...sheet, delivery }, ...facts }
    }
  }
}

function isSprite(template: SnapshotTemplate): template is Template<'imageSprite'> {
  return template.template === 'imageSprite'
}

/** The config of a template that was not written in the vendor's words, as JSON. */
export function encodeTemplateConfig(template: SnapshotTemplate): string {
  const { settings } = template
  const common = { FrameType: frameTypeOf(settings.accuracy), ...encodeSeries(settings.sampling) }
  if (isSprite(template)) return JSON.stringify(spriteConfigOf(common, template.settings))
  const { widthPx, heightPx } = settings
  const sides = { ...(widthPx > 0 && { Width: widthPx }), ...(heightPx > 0 && { Height: heightPx }) }
  return JSON.stringify({ SnapshotType: 'NormalSnapshot', SnapshotConfig: { ...common, ...sides } })
}

function spriteConfigOf(common: object, settings: TemplateSettings['imageSprite']): object {
  const SnapshotConfig = { ...common, SpriteSnapshotConfig: encodeSprite(settings) }
  if (settings.delivery !== 'cells') return { SnapshotType: 'SpriteSnapshot', SnapshotConfig }
  const asText = { Format: 'vtt', SubOut: { IsSptFrag: 'false' } }
  return { SnapshotType: 'WebVttSnapshot', SnapshotConfig: { ...SnapshotConfig, ...asText } }
}

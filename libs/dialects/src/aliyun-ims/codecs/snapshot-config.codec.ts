import { AppError } from '@libs/kernel'
import { blackFrames, type Sampling, type TemplateSettings } from '@libs/tasks'
import { z } from 'zod'
import { flag } from '../../aliyun-rpc/flag'
import type { SnapshotTemplate } from '../../aliyun-rpc/snapshots/list-templates'
import { decodePicture, frameTypeOf, frameTypes } from '../../aliyun-rpc/snapshots/picture.codec'
import { countField, intervalField, startField, toldSeries } from '../../aliyun-rpc/snapshots/series'
import { decodeLayout, encodeLayout, side, spriteShape } from '../../aliyun-rpc/snapshots/sprite-layout.codec'
import { integerIn, oneOf } from '../../parameters/fields'

/** Their subtypes are counted from 1. */
export const snapshotTypes = ['Normal', 'Sprite', 'WebVtt'] as const

export type SnapshotType = (typeof snapshotTypes)[number]

/** A snapshot template's settings, and what a job overwrites of them. IMS, "Template parameters", says Cover for one picture. */
export const snapshotConfig = z.strictObject({
  Type: oneOf([...snapshotTypes, 'Cover']).transform((type): SnapshotType => (type === 'Cover' ? 'Normal' : type)),
  FrameType: oneOf(frameTypes).default('intra'),
  Time: startField.default(0),
  Count: countField.optional(),
  Interval: intervalField.default(0),
  Width: side.optional(),
  Height: side.optional(),
  BlackLevel: integerIn(30, 100).optional(),
  PixelBlackThreshold: integerIn(0, 255).optional(),
  IsSptFrag: flag.default(false),
  SpriteSnapshotConfig: z.strictObject(spriteShape).prefault({}),
})

export type SnapshotConfig = z.output<typeof snapshotConfig>

/** Without a count pictures are taken until the end, without an interval the count is spread evenly. @throws AppError */
function decodeSeries({ Time: startMs, Count: count, Interval }: SnapshotConfig, field: string): Sampling {
  if (Interval > 0 && count !== 1) {
    return { by: 'series', startMs, ...(count !== undefined && { count }), intervalMs: Interval * 1000 }
  }
  if (count !== undefined) return { by: 'series', startMs, count }
  throw new AppError('request.missingParameter', 'Count or Interval is needed.', { field: `${field}.Count` })
}

/**
 * ApsaraVideo Media Processing, "BlackLevel": only a series from the first frame on is looked at, and a single picture of
 * the first frame always, whatever is given.
 */
function decodeBlack({ Time, Count, BlackLevel, PixelBlackThreshold: belowLevel }: SnapshotConfig) {
  const isForced = Count === 1
  if (Time > 0 || belowLevel === 0 || (!isForced && BlackLevel === undefined)) return {}
  const share = isForced ? {} : { sharePercent: BlackLevel }
  return { avoidBlack: blackFrames.parse({ ...share, belowLevel }) }
}

export type DecodedConfig =
  | { readonly template: 'sampleSnapshot'; readonly settings: TemplateSettings['sampleSnapshot'] }
  | { readonly template: 'imageSprite'; readonly settings: TemplateSettings['imageSprite'] }

/** @param field the vendor's name of the config. @throws AppError `request.missingParameter` without any count or interval */
export function decodeConfig(config: SnapshotConfig, field: string): DecodedConfig {
  const sampled = { ...decodePicture(config), sampling: decodeSeries(config, field) }
  if (config.Type === 'Normal') {
    return { template: 'sampleSnapshot', settings: { ...sampled, ...decodeBlack(config) } }
  }
  const isWhole = config.Type === 'WebVtt' && !config.IsSptFrag
  const layout = decodeLayout(config.SpriteSnapshotConfig, config)
  return { template: 'imageSprite', settings: { ...sampled, ...layout, delivery: isWhole ? 'cells' : 'sheets' } }
}

type SampleSettings = TemplateSettings['sampleSnapshot']
type SpriteSettings = TemplateSettings['imageSprite']

function encodeSampled({ sampling, accuracy }: SampleSettings | SpriteSettings) {
  const { startMs, ...series } = toldSeries(sampling)
  return { FrameType: frameTypeOf(accuracy), Time: startMs, ...series }
}

/** Settings of pictures, as a template's config. */
export function encodeSamples(settings: SampleSettings): object {
  const { widthPx, heightPx, avoidBlack } = settings
  return {
    Type: 'Normal',
    ...encodeSampled(settings),
    ...(widthPx > 0 && { Width: widthPx }),
    ...(heightPx > 0 && { Height: heightPx }),
    ...(avoidBlack && {
      BlackLevel: Math.max(30, avoidBlack.sharePercent),
      PixelBlackThreshold: avoidBlack.belowLevel,
    }),
  }
}

/** Settings of sprites, as a template's config. @param type as which of the two that sprites can be */
export function encodeSprites(settings: SpriteSettings, type: Exclude<SnapshotType, 'Normal'>): object {
  return {
    Type: type,
    ...encodeSampled(settings),
    ...(type === 'WebVtt' && { IsSptFrag: settings.delivery !== 'cells' }),
    SpriteSnapshotConfig: encodeLayout(settings),
  }
}

function isSprite(template: SnapshotTemplate): template is Extract<SnapshotTemplate, { template: 'imageSprite' }> {
  return template.template === 'imageSprite'
}

/** The config of a template that was not written in the vendor's words. */
export function encodeConfig(template: SnapshotTemplate): object {
  if (!isSprite(template)) return encodeSamples(template.settings)
  return encodeSprites(template.settings, template.settings.delivery === 'cells' ? 'WebVtt' : 'Sprite')
}

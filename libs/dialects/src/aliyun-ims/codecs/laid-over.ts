import type { Sampling, TemplateSettings } from '@libs/tasks'
import type { SnapshotTemplate } from '../../aliyun-rpc/snapshots/list-templates'
import type { DecodedConfig, SnapshotConfig } from './snapshot-config.codec'

type Samples = TemplateSettings['sampleSnapshot']
type Sprites = TemplateSettings['imageSprite']
type Params = Readonly<Record<string, unknown>>

/** The members of settings that each member of a config says. */
const ofPictures = {
  FrameType: 'accuracy',
  Time: 'sampling',
  Count: 'sampling',
  Interval: 'sampling',
  Width: 'widthPx',
  Height: 'heightPx',
} as const
const ofSamples = { ...ofPictures, BlackLevel: 'avoidBlack', PixelBlackThreshold: 'avoidBlack' } as const
const ofSprites = {
  ...ofPictures,
  CellWidth: 'widthPx',
  CellHeight: 'heightPx',
  Columns: 'columns',
  Lines: 'rows',
  Padding: 'paddingPx',
  Margin: 'marginPx',
  Color: 'background',
} as const

function said<Member>(members: Readonly<Record<string, Member>>, params: Params): readonly Member[] {
  return Object.entries(members).flatMap(([name, member]) => (Object.hasOwn(params, name) ? [member] : []))
}

function lay<Settings extends object>(
  own: Settings,
  decoded: Settings,
  members: readonly (keyof Settings)[],
): Settings {
  const laid = { ...own }
  for (const member of members) laid[member] = decoded[member]
  return laid
}

/** The interval of a template need not be whole seconds, as the vendor's are. */
function withOwnInterval<Settings extends { readonly sampling: Sampling }>(
  decoded: Settings,
  { sampling: own }: { readonly sampling: Sampling },
  params: Params,
): Settings {
  const { sampling } = decoded
  if (Object.hasOwn(params, 'Interval') || sampling.by !== 'series' || sampling.intervalMs === undefined) return decoded
  const intervalMs = (own.by === 'percent' ? undefined : own.intervalMs) ?? sampling.intervalMs
  return { ...decoded, sampling: { ...sampling, intervalMs } }
}

/** What settings of pictures and of sprites share, but for their size. */
function sharedOf({ resolutionAdaptive, format, fill, quality, chroma, accuracy, sampling }: Samples | Sprites) {
  return { resolutionAdaptive, format, fill, quality, chroma, accuracy, sampling }
}

function overSamples(template: SnapshotTemplate, decoded: Samples, config: SnapshotConfig, params: Params): Samples {
  const own =
    template.template === 'sampleSnapshot' ? template.settings : { ...decoded, ...sharedOf(template.settings) }
  // One picture of the first frame is always kept from black.
  const isForced = config.Count === 1 && Object.hasOwn(params, 'Count')
  const members = said(ofSamples, params)
  return lay(own, withOwnInterval(decoded, own, params), isForced ? [...members, 'avoidBlack'] : members)
}

function overSprites(template: SnapshotTemplate, decoded: Sprites, params: Params): Sprites {
  const own = template.template === 'imageSprite' ? template.settings : { ...decoded, ...sharedOf(template.settings) }
  const { SpriteSnapshotConfig: layout } = params
  const given = { ...params, ...(typeof layout === 'object' && layout) }
  const turns = (own.delivery === 'cells') !== (decoded.delivery === 'cells')
  return lay(own, withOwnInterval(decoded, own, params), [
    ...said(ofSprites, given),
    ...(turns ? ['delivery' as const] : []),
  ])
}

/**
 * The settings of a template that was not made in the vendor's words, which has no word for all of them: what a job overwrites
 * is laid over them member by member.
 * @param decoded the template and what is laid over it, as far as the vendor has words
 */
export function laidOver(
  template: SnapshotTemplate,
  decoded: DecodedConfig,
  config: SnapshotConfig,
  params: Params,
): DecodedConfig {
  return decoded.template === 'sampleSnapshot'
    ? { ...decoded, settings: overSamples(template, decoded.settings, config, params) }
    : { ...decoded, settings: overSprites(template, decoded.settings, params) }
}

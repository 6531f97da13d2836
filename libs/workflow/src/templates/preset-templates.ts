import { pictureDefaults, type PictureTemplateName, type TemplateName } from '@libs/tasks'
import type { Template } from './template'

const since = new Date('2018-07-17T00:00:00Z')
const sourceSize = { widthPx: 0, heightPx: 0, resolutionAdaptive: true, format: 'jpg', ...pictureDefaults } as const
const preset = { definition: 10, type: 'preset', comment: '', createdAt: since, updatedAt: since } as const

/** The presets that Tencent VOD's page "Preset templates" lists for pictures: definition 10 of each template. */
export const presetTemplates: { readonly [Name in PictureTemplateName]: Template<Name> } = {
  snapshotByTimeOffset: {
    ...preset,
    template: 'snapshotByTimeOffset',
    name: 'TimepointScreenshot',
    settings: { ...sourceSize, fill: 'stretch' },
  },
  sampleSnapshot: {
    ...preset,
    template: 'sampleSnapshot',
    name: 'SampledScreenshot',
    settings: { ...sourceSize, fill: 'stretch', sampling: { by: 'percent', intervalPercent: 10 } },
  },
  imageSprite: {
    ...preset,
    template: 'imageSprite',
    name: 'SpriteScreenshot',
    settings: {
      widthPx: 142,
      heightPx: 80,
      resolutionAdaptive: true,
      format: 'jpg',
      ...pictureDefaults,
      fill: 'black',
      sampling: { by: 'time', intervalMs: 10_000 },
      rows: 10,
      columns: 10,
    },
  },
}

const presets: { readonly [Name in TemplateName]: Template<Name> | undefined } = {
  ...presetTemplates,
  watermark: undefined,
}

/** The one preset of a kind of template; there is none of a watermark. */
export function presetOf<Name extends TemplateName>(template: Name): Template<Name> | undefined {
  return presets[template]
}

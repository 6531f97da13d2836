import type { TemplateName, TemplateSettings } from '@libs/tasks'
import type { Template } from '@libs/workflow'
import { decodePicture, encodePicture } from './picture-settings.codec'
import { decodeSampling, encodeSampling } from './sampling.codec'
import { vendorTime, vendorType } from '../vendor-words'

type Picture = Parameters<typeof decodePicture>[0]
type Sampled = Picture & Parameters<typeof decodeSampling>[0]
type Sprite = Sampled & { readonly RowCount: number; readonly ColumnCount: number }

/** Checked template parameters → settings. */
export const decodeSettings = {
  snapshotByTimeOffset: (parameters: Picture) => decodePicture(parameters),
  sampleSnapshot: (parameters: Sampled) => ({ ...decodePicture(parameters), sampling: decodeSampling(parameters) }),
  imageSprite: (parameters: Sprite) => ({
    ...decodePicture(parameters),
    sampling: decodeSampling(parameters),
    rows: parameters.RowCount,
    columns: parameters.ColumnCount,
  }),
} satisfies { readonly [Name in TemplateName]: (parameters: Sprite) => TemplateSettings[Name] }

const encodeSettings: { readonly [Name in TemplateName]: (settings: TemplateSettings[Name]) => object } = {
  snapshotByTimeOffset: (settings) => encodePicture(settings),
  sampleSnapshot: (settings) => ({ ...encodePicture(settings), ...encodeSampling(settings.sampling) }),
  imageSprite: (settings) => ({
    ...encodePicture(settings),
    ...encodeSampling(settings.sampling),
    RowCount: settings.rows,
    ColumnCount: settings.columns,
  }),
}

/** A template as the vendor's Describe actions list it. */
export function encodeTemplate<Name extends TemplateName>(template: Template<Name>): object {
  const encode: (settings: TemplateSettings[Name]) => object = encodeSettings[template.template]
  return {
    Definition: template.definition,
    Type: vendorType[template.type],
    Name: template.name,
    Comment: template.comment,
    ...encode(template.settings),
    CreateTime: vendorTime(template.createdAt),
    UpdateTime: vendorTime(template.updatedAt),
  }
}

import type { PictureTemplateName, TemplateSettings } from '@libs/tasks'
import type { NewTemplate, Template } from '@libs/workflow'
import type { z } from 'zod'
import type { templateParameters } from './template-parameters'
import { decodePicture, encodePicture } from './picture-settings.codec'
import { decodeSampling, encodeSampling } from './sampling.codec'
import { vendorTime, vendorType } from '../vendor-words'

type Parameters<Name extends PictureTemplateName> = z.output<(typeof templateParameters)[Name]>

/** Checked template parameters → a template. */
export function snapshotByTimeOffsetTemplate(
  parameters: Parameters<'snapshotByTimeOffset'>,
): NewTemplate<'snapshotByTimeOffset'> {
  return { template: 'snapshotByTimeOffset', ...namesOf(parameters), settings: decodePicture(parameters) }
}

export function sampleSnapshotTemplate(parameters: Parameters<'sampleSnapshot'>): NewTemplate<'sampleSnapshot'> {
  const settings = { ...decodePicture(parameters), sampling: decodeSampling(parameters) }
  return { template: 'sampleSnapshot', ...namesOf(parameters), settings }
}

export function imageSpriteTemplate(parameters: Parameters<'imageSprite'>): NewTemplate<'imageSprite'> {
  const { RowCount: rows, ColumnCount: columns } = parameters
  const settings = { ...decodePicture(parameters), sampling: decodeSampling(parameters), rows, columns }
  return { template: 'imageSprite', ...namesOf(parameters), settings }
}

function namesOf({ Name, Comment }: { readonly Name: string; readonly Comment: string }) {
  return { name: Name, comment: Comment }
}

const encodeSettings: { readonly [Name in PictureTemplateName]: (settings: TemplateSettings[Name]) => object } = {
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
export function encodeTemplate<Name extends PictureTemplateName>(template: Template<Name>): object {
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

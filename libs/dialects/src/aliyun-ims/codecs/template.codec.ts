import { type NewTemplate } from '@libs/workflow'
import { z } from 'zod'
import type { SnapshotTemplate } from '../../aliyun-rpc/snapshots/list-templates'
import { templateIdOf } from '../../aliyun-rpc/snapshots/template-id'
import { parseStructured } from '../../aliyun-rpc/structured-text'
import { vendorTime } from '../../aliyun-rpc/vendor-time'
import { checkParameters } from '../../parameters/check-parameters'
import { decodeConfig, encodeConfig, snapshotConfig, type SnapshotType, snapshotTypes } from './snapshot-config.codec'

const dialect = 'aliyun-ims'

export type NewSnapshotTemplate = NewTemplate<'sampleSnapshot'> | NewTemplate<'imageSprite'>

const wrapped = z.object({ TemplateConfig: snapshotConfig })

/**
 * A template out of the text of its config, which it keeps.
 * @param type its type, where the config need not say it
 * @throws AppError naming the member that is wrong
 */
export function decodeTemplate(
  text: string,
  name: string,
  type?: SnapshotType,
): { readonly type: SnapshotType; readonly template: NewSnapshotTemplate } {
  const given = parseStructured(text, 'TemplateConfig')
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given)
  const TemplateConfig: unknown = isObject && type !== undefined ? { Type: type, ...given } : given
  const config = checkParameters(wrapped, { TemplateConfig }).TemplateConfig
  const facts = { name, comment: '', written: { dialect, text: JSON.stringify({ type: config.Type, text }) } }
  return { type: config.Type, template: { ...decodeConfig(config, 'TemplateConfig'), ...facts } }
}

const written = z.object({ type: z.enum(snapshotTypes), text: z.string() })

function writtenOf(template: SnapshotTemplate): z.infer<typeof written> | undefined {
  return template.written?.dialect === dialect ? written.parse(JSON.parse(template.written.text)) : undefined
}

/** Whether the config of a template says all that its settings hold. */
export function isInVendorWords(template: SnapshotTemplate): boolean {
  return writtenOf(template) !== undefined
}

/** @returns the text just as it was given, where it was given in this vendor's words */
export function configTextOf(template: SnapshotTemplate): string {
  return writtenOf(template)?.text ?? JSON.stringify(encodeConfig(template))
}

export function typeOf(template: SnapshotTemplate): SnapshotType {
  const known = writtenOf(template)?.type
  if (known !== undefined) return known
  if (template.template === 'sampleSnapshot') return 'Normal'
  return template.settings.delivery === 'cells' ? 'WebVtt' : 'Sprite'
}

/** IMS, "CreateCustomTemplate": templates of snapshots are of type 2. */
export const snapshotTemplateType = 2

export function subtypeOf(template: SnapshotTemplate): number {
  return snapshotTypes.indexOf(typeOf(template)) + 1
}

/** What all answers say of a template; its subtype is a number in some and a name in others. */
export function presentTemplate(template: SnapshotTemplate) {
  return {
    TemplateId: templateIdOf(template.template, template.definition),
    TemplateName: template.name,
    Type: snapshotTemplateType,
    TypeName: 'SnapshotTemplate',
    TemplateConfig: configTextOf(template),
    Status: 'Normal',
    IsDefault: false,
    CreateTime: vendorTime(template.createdAt),
    ModifiedTime: vendorTime(template.updatedAt),
  }
}

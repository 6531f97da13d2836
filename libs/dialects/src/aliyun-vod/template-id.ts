import { AppError } from '@libs/kernel'
import type { VodTemplateName } from './codecs/template-config.codec'

/** The first digit of an id says which kind of template it names. */
const digits = { sampleSnapshot: '1', imageSprite: '2' } as const satisfies Record<VodTemplateName, string>

/** A template of ours, as 32 hexadecimal digits. */
export function vodTemplateIdOf(template: VodTemplateName, definition: number): string {
  return `${digits[template]}${definition.toString(16).padStart(31, '0')}`
}

/** @throws AppError `template.notFound` */
export function decodeVodTemplateId(id: string): { readonly template: VodTemplateName; readonly definition: number } {
  const [, digit, hex = ''] = /^([12])0{23}([0-7][0-9a-f]{7})$/.exec(id) ?? []
  if (digit === undefined) throw new AppError('template.notFound', `There is no template "${id}".`, {})
  return { template: digit === '1' ? 'sampleSnapshot' : 'imageSprite', definition: parseInt(hex, 16) }
}

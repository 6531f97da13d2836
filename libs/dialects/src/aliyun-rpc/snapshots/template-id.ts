import { AppError } from '@libs/kernel'

/** The templates that hold what the vendor calls a snapshot template. */
export type SnapshotTemplateName = 'sampleSnapshot' | 'imageSprite'

export interface TemplateId {
  readonly template: SnapshotTemplateName
  readonly definition: number
}

/** The first digit of an id says which kind of template it names. */
const digits = { sampleSnapshot: '1', imageSprite: '2' } as const satisfies Record<SnapshotTemplateName, string>

/** A template of ours, as 32 hexadecimal digits. */
export function templateIdOf(template: SnapshotTemplateName, definition: number): string {
  return `${digits[template]}${definition.toString(16).padStart(31, '0')}`
}

/** @throws AppError `template.notFound` */
export function decodeTemplateId(id: string): TemplateId {
  const [, digit, hex = ''] = /^([12])0{23}([0-7][0-9a-f]{7})$/.exec(id) ?? []
  if (digit === undefined) throw new AppError('template.notFound', `There is no template "${id}".`, {})
  return { template: digit === '1' ? 'sampleSnapshot' : 'imageSprite', definition: parseInt(hex, 16) }
}

import { AppError } from '@libs/kernel'

/** @throws AppError `template.notFound` for a text that numbers none */
export function parseDefinition(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new AppError('template.notFound', `There is no template with definition ${text}.`, { field: 'definition' })
}

import type { MarkLength } from '@libs/tasks'
import { string } from '../../protocol/fields'

const written = /^(\d{1,5}(?:\.\d{1,4})?)(px|%)$/

interface Limits {
  readonly leastPx: number
  readonly mostPx: number
  readonly mayBeZero: boolean
}

/** `"N%"` or `"Npx"`; percentages are at most 100. */
export function lengthIn({ leastPx, mostPx, mayBeZero }: Limits) {
  const isWithin = (text: string): boolean => {
    if (!written.test(text)) return false
    const { unit, value } = decodeLength(text)
    if (value === 0) return mayBeZero
    return unit === 'percent' ? value <= 100 : value >= leastPx && value <= mostPx
  }
  return string(16).refine(isWithin, `The length is from ${leastPx}px to ${mostPx}px, or up to 100%.`)
}

/** A length that was checked. */
export function decodeLength(text: string): MarkLength {
  const [, value = '0', unit] = written.exec(text) ?? []
  return { unit: unit === '%' ? 'percent' : 'px', value: Number(value) }
}

export function encodeLength({ unit, value }: MarkLength): string {
  return `${value}${unit === 'px' ? 'px' : '%'}`
}

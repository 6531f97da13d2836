import type { Offset } from './offset'

/** An offset that callers write as text: milliseconds are written as numbers instead. */
export type WrittenOffset = Extract<Offset, { unit: 's' | 'percent' }>

/** At most nine whole digits (31 years), so that a millionth of a unit is still exact. */
const pattern = /^(\d{1,9}(?:\.\d+)?)(s|%)$/
const steps = 1e6

/**
 * Reads `"3.5s"` (seconds) or `"10%"` (share of the duration), to a millionth.
 * @returns undefined for anything else: negative, above 100 %, or not a number
 */
export function parseOffset(text: string): WrittenOffset | undefined {
  const [, digits, unit] = pattern.exec(text) ?? []
  const value = Math.round(Number(digits) * steps) / steps
  if (unit === 's') return { unit: 's', value }
  return unit === '%' && value <= 100 ? { unit: 'percent', value } : undefined
}

/** The text that `parseOffset` reads back as the same offset. */
export function formatOffset({ unit, value }: WrittenOffset): string {
  return `${value}${unit === 's' ? 's' : '%'}`
}

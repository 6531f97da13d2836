import { AppError } from '@libs/kernel'
import { FormText } from '../parameters/form-text'

const deepestNesting = 32

/** A string in double quotes, or in single ones, which the vendor's documents write. */
const quoted = /"(?:[^"\\]|\\.)*"|'((?:[^'\\]|\\.)*)'/gs

/**
 * Reads a parameter that is JSON as text. Single quotes are taken for double ones.
 * @returns its value, with numbers and texts as `FormText`, so that either is read as what is expected; members that are
 *   null are left out
 * @throws AppError `request.invalidValue`
 */
export function parseStructured(text: string, field: string): unknown {
  return leaves(parseLeniently(text, field), field, deepestNesting)
}

/** As `parseStructured`, with every value as JSON has it. @throws AppError `request.invalidValue` */
export function parseLeniently(text: string, field: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    try {
      return JSON.parse(text.replace(quoted, (whole, inner: string | undefined) => requoted(whole, inner)))
    } catch (cause) {
      throw new AppError('request.invalidValue', 'The text is not valid JSON.', { field, cause })
    }
  }
}

function requoted(whole: string, inner: string | undefined): string {
  return inner === undefined ? whole : `"${inner.replaceAll("\\'", "'").replaceAll('"', '\\"')}"`
}

function leaves(value: unknown, field: string, levelsLeft: number): unknown {
  if (typeof value === 'string' || typeof value === 'number') return new FormText(String(value))
  if (typeof value !== 'object' || value === null) return value
  if (levelsLeft === 0) throw new AppError('request.invalidValue', 'The text is nested too deeply.', { field })
  if (Array.isArray(value)) return value.map((item) => leaves(item, field, levelsLeft - 1))
  const members = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(members.map(([key, member]) => [key, leaves(member, field, levelsLeft - 1)]))
}

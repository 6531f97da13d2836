import { isStorableText, parseHttpUrl } from '@libs/workflow'
import { z } from 'zod'

/** Text that comes back as it was given. */
export function text(longest: number) {
  return z.string().max(longest).refine(isStorableText, 'The text holds characters that cannot be stored.')
}

const longestUrl = 2048

export const httpUrl = text(longestUrl).refine(
  (url) => parseHttpUrl(url) !== undefined,
  'An absolute http or https URL without credentials is expected.',
)

/** RFC 3339 with its offset, and as many digits of a second as anybody writes. */
export const time = z.iso
  .datetime({ offset: true })
  .max(40)
  .transform((written) => new Date(written))

/** Bytes in base64, as many as a body holds. */
export const encodedBytes = z.base64().max(2 ** 20)

/** A template's number, as far as one can be numbered. */
export const definition = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)

/** A number, or its text in a query or a form. */
export function integerIn(least: number, most: number) {
  const fromText = (value: unknown) => (typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value)
  return z.preprocess(fromText, z.int().min(least).max(most))
}

export const paging = {
  offset: integerIn(0, 1_000_000).prefault(0),
  limit: integerIn(1, 100).prefault(20),
}

export const listing = { ...paging, type: z.enum(['preset', 'custom']).optional() }

/** A named queue of the caller's sub-application. */
export const queueName = text(64).min(1)

/** What a caller may call a template. */
export const named = { name: text(64).default(''), comment: text(256).default('') }

import { isStorableText, parseHttpUrl } from '@libs/workflow'
import { z } from 'zod'
import { FormText } from './form-text'

const decimal = /^-?\d+(\.\d+)?$/

function text(value: unknown): unknown {
  return value instanceof FormText ? value.text : value
}

function number(value: unknown): unknown {
  const given = text(value)
  return value instanceof FormText && decimal.test(value.text) ? Number(value.text) : given
}

/** Where a type is wrong in JSON, text is refused; in a form everything is text and is read as the type. */
export const integer = z.preprocess(number, z.int())
export const float = z.preprocess(number, z.number())

export function integerIn(least: number, most: number) {
  return z.preprocess(number, z.int().min(least).max(most))
}

/** A template's number, as far as one can be numbered. */
export const definition = integerIn(0, 2 ** 31 - 1)

export function string(longest: number) {
  return z.preprocess(
    text,
    z.string().max(longest).refine(isStorableText, 'The text holds characters that cannot be stored.'),
  )
}

export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.preprocess(text, z.enum(values))
}

/** Strict lists: an element that is null or of the wrong type is refused. */
export function listOf<Item extends z.ZodType>(item: Item, most: number) {
  return z.array(item).max(most)
}

const longestUrl = 2048

const mostDefinitions = 100

/** Which templates to describe; an empty list asks for all, as an absent one does. */
export const definitions = listOf(definition, mostDefinitions)
  .optional()
  .transform((asked) => (asked?.length === 0 ? undefined : asked))

/** An absolute http(s) URL as it was written; empty where a rule below allows it. */
export const httpUrl = string(longestUrl).refine(
  (url) => url === '' || parseHttpUrl(url) !== undefined,
  'An absolute http or https URL without credentials is expected.',
)

const notSupported = { message: 'This is not supported.', params: { code: 'feature.unsupported' } }

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === '') return true
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

/** A parameter of the vendor's that is refused unless it asks for nothing. */
export const unsupported = z.preprocess(
  text,
  z
    .unknown()
    .refine(isEmpty, notSupported)
    .transform(() => undefined)
    .optional(),
)

/** A switch of the vendor's that can only be off. */
export const alwaysOff = oneOf(['ON', 'OFF', ''])
  .refine((value) => value !== 'ON', notSupported)
  .optional()

/** Reserved by the vendor, and ignored by it. */
export const ignored = z.unknown().optional()

export const paging = {
  Offset: z.preprocess(number, z.int().min(0)).default(0),
  Limit: integerIn(1, 100).default(10),
}

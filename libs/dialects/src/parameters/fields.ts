import { isStorableText, parseHttpUrl } from '@libs/workflow'
import { z } from 'zod'
import { FormText } from './form-text'

const decimal = /^-?\d+(\.\d+)?$/

/** What came as text, as it came. */
export function text(value: unknown): unknown {
  return value instanceof FormText ? value.text : value
}

/** What came as text and is a number, as a number. */
export function number(value: unknown): unknown {
  const given = text(value)
  return value instanceof FormText && decimal.test(value.text) ? Number(value.text) : given
}

/** Where a type is wrong in JSON, text is refused; in a form everything is text and is read as the type. */
export const integer = z.preprocess(number, z.int())
export const float = z.preprocess(number, z.number())

export function integerIn(least: number, most: number) {
  return z.preprocess(number, z.int().min(least).max(most))
}

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

/** An absolute http(s) URL as it was written; empty where a rule below allows it. */
export const httpUrl = string(longestUrl).refine(
  (url) => url === '' || parseHttpUrl(url) !== undefined,
  'An absolute http or https URL without credentials is expected.',
)

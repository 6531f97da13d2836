import { z } from 'zod'
import { integer, integerIn, listOf, number, oneOf, text } from '../../parameters/fields'
import { supports } from '../../parameters/parameter-support'

export { float, httpUrl, integer, integerIn, listOf, oneOf, string } from '../../parameters/fields'

/** A template's number, as far as one can be numbered. */
export const definition = integerIn(0, 2 ** 31 - 1)

const mostDefinitions = 100

/** Which templates to describe; an empty list asks for all, as an absent one does. */
export const definitions = listOf(definition, mostDefinitions)
  .optional()
  .transform((asked) => (asked?.length === 0 ? undefined : asked))

/** A rule of the vendor's that has a code of its own: `InvalidParameterValue.<suffix>`. */
export function vendorRule(message: string, suffix: string) {
  return { message, params: { vendorCode: `InvalidParameterValue.${suffix}` } }
}

const notSupported = { message: 'This is not supported.', params: { code: 'feature.unsupported' } }

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === '') return true
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

/** A parameter of the vendor's that is refused unless it asks for nothing. */
export const unsupported = z
  .preprocess(
    text,
    z
      .unknown()
      .refine(isEmpty, notSupported)
      .transform(() => undefined)
      .optional(),
  )
  .register(supports, { support: 'refused' })

/** A number of the vendor's that can only be 0, or be left out. */
export const onlyZero = integer
  .refine((value) => value === 0, notSupported)
  .optional()
  .register(supports, { support: 'refused unless 0' })

/** A switch of the vendor's that can only be off. */
export const alwaysOff = oneOf(['ON', 'OFF', ''])
  .refine((value) => value !== 'ON', notSupported)
  .optional()
  .register(supports, { support: 'refused when ON' })

/** Reserved by the vendor, and ignored by it. */
export const ignored = z.unknown().optional().register(supports, { support: 'ignored' })

export const paging = {
  Offset: z.preprocess(number, z.int().min(0)).default(0),
  Limit: integerIn(1, 100).default(10),
}

import { z } from 'zod'

/** What becomes of a vendor's parameter that does not do here what it does there. */
export type ParameterSupport = 'refused' | 'refused when ON' | 'refused unless 0' | 'ignored'

/** Schemas of such parameters; the pages about the dialects are made from it. */
export const supports = z.registry<{ readonly support: ParameterSupport }>()

/** @returns undefined for a parameter that does what the vendor's does */
export function supportOf(schema: z.ZodType): ParameterSupport | undefined {
  return supports.get(schema)?.support
}

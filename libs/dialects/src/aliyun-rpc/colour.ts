import names from 'color-name'
import { string } from '../parameters/fields'
import { z } from 'zod'

const sixDigits = /^#[0-9a-f]{6}$/i

function named(name: string): string | undefined {
  const found = Object.entries(names).find(([known]) => known === name.toLowerCase())
  return found && `#${found[1].map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/** A colour by its name in CSS, or as `#rrggbb`. @returns as `#rrggbb` */
export const colour = string(64).transform((given, context) => {
  const found = sixDigits.test(given) ? given.toLowerCase() : named(given)
  if (found !== undefined) return found
  context.addIssue({ code: 'custom', message: 'A colour such as tomato or #ff6347 is expected.' })
  return z.NEVER
})

/** A colour by its name, where it has one. */
export function colourName(colour: string): string {
  const name = Object.keys(names).find((known) => named(known) === colour.toLowerCase())
  return name ?? colour
}

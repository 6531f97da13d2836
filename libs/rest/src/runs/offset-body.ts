import { formatOffset, type Offset, parseOffset } from '@libs/tasks'
import { z } from 'zod'

/** `"3.5s"`, `"10%"`, or a number of milliseconds. */
export const offsetBody = z
  .union([z.number().nonnegative(), z.string().max(32)])
  .transform((given, context): Offset => {
    const offset = typeof given === 'number' ? ({ unit: 'ms', value: given } as const) : parseOffset(given)
    if (offset !== undefined) return offset
    context.addIssue({ code: 'custom', message: `"${given}" is not an offset such as "3.5s", "10%" or 3500.` })
    return z.NEVER
  })

export function presentOffset(offset: Offset): string | number {
  return offset.unit === 'ms' ? offset.value : formatOffset(offset)
}

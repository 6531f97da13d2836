import ipaddr from 'ipaddr.js'
import { z } from 'zod'

/** This room's slice of an app's settings. */
export const egressEnv = {
  /** CIDRs that pulls and callbacks may reach although they are not public, separated by commas. */
  EGRESS_ALLOW: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()])))
    .refine((ranges) => ranges.every((range) => ipaddr.isValidCIDR(range)), {
      error: 'expected CIDRs such as 10.0.0.0/8, separated by commas',
    }),
}

export type EgressSettings = z.infer<z.ZodObject<typeof egressEnv>>

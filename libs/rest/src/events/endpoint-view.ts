import type { Endpoint } from '@libs/workflow'
import { z } from 'zod'
import { moment, type View } from '../openapi/view'

export const endpointView = z
  .object({
    state: z.enum(['enabled', 'disabled']),
    failuresInARow: z.int(),
    failingSince: moment.optional(),
    resumeAt: moment.optional(),
    disabledAt: moment.optional(),
    disabledReason: z.string().nullable().optional(),
  })
  .meta({ id: 'Endpoint' })

/** Whoever sets it again, or changes its webhook, enables an endpoint that is disabled. */
export function presentEndpoint({
  disabledAt,
  disabledReason,
  failuresInARow,
  ...endpoint
}: Endpoint): View<typeof endpointView> {
  return {
    state: disabledAt === null ? 'enabled' : 'disabled',
    failuresInARow,
    ...(endpoint.failingSince !== null && { failingSince: endpoint.failingSince }),
    ...(endpoint.resumeAt !== null && { resumeAt: endpoint.resumeAt }),
    ...(disabledAt !== null && { disabledAt, disabledReason }),
  }
}

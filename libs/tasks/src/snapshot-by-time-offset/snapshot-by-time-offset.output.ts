import { z } from 'zod'
import { still } from '../artifact'

/** The stills in the order their offsets were asked in. */
export const snapshotByTimeOffsetOutput = z.object({ stills: z.array(still) })
export type SnapshotByTimeOffsetOutput = z.infer<typeof snapshotByTimeOffsetOutput>

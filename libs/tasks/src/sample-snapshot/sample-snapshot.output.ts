import { z } from 'zod'
import { still } from '../artifact'

/** The stills in time order. */
export const sampleSnapshotOutput = z.object({ stills: z.array(still) })
export type SampleSnapshotOutput = z.infer<typeof sampleSnapshotOutput>

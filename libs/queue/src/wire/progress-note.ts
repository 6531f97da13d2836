import { z } from 'zod'

const frames = z.int32().nonnegative()

/** What a worker leaves with a job of how far it is. Others than ours, such as an older worker's, are passed over. */
export const progressNote = z.object({ percent: z.int().min(0).max(100), framesDone: frames, frames })

export type ProgressNote = z.infer<typeof progressNote>

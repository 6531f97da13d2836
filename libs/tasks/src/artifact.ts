import { z } from 'zod'

/** A file that a task made, by its key in the artifact store. */
export const artifact = z.object({
  key: z.string(),
  sizeBytes: z.int().positive(),
})

export type Artifact = z.infer<typeof artifact>

/** A still, with the time that was asked for and the presentation time of the frame that is in it. */
export const still = z.object({
  artifact,
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
  /** Asked time, from the first shown frame. */
  atMs: z.number().nonnegative(),
  /** Presentation time of the frame, from the first shown frame; after `atMs` only where another frame than that was wanted. */
  ptsMs: z.number(),
})

export type Still = z.infer<typeof still>

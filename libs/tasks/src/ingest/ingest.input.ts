import { z } from 'zod'

export const ingestSettings = z.object({})
export type IngestSettings = z.infer<typeof ingestSettings>

/** A cover that comes along: where it is, and the key that it is kept under. */
const ingestCover = z.object({ url: z.string(), key: z.string() })

/** With a URL the source is fetched first; without one its bytes are already in the source store. */
export const ingestRequest = z.object({ url: z.string().optional(), cover: ingestCover.optional() })
export type IngestRequest = z.infer<typeof ingestRequest>
export type IngestCover = z.infer<typeof ingestCover>

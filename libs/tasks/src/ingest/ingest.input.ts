import { z } from 'zod'

export const ingestSettings = z.object({})
export type IngestSettings = z.infer<typeof ingestSettings>

/** With a URL the source is fetched first; without one its bytes are already in the source store. */
export const ingestRequest = z.object({ url: z.string().optional() })
export type IngestRequest = z.infer<typeof ingestRequest>

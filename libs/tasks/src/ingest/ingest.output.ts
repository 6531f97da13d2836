import { z } from 'zod'
import { mediaInfo } from '../media-info'

/** With the key of the cover that came along, if one did. */
export const ingestOutput = z.object({ media: mediaInfo, coverKey: z.string().optional() })
export type IngestOutput = z.infer<typeof ingestOutput>

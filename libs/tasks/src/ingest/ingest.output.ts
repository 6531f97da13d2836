import { z } from 'zod'
import { mediaInfo } from '../media-info'

export const ingestOutput = z.object({ media: mediaInfo })
export type IngestOutput = z.infer<typeof ingestOutput>

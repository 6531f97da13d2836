import { z } from 'zod'
import { frameAccuracy, pictureSettings } from '../stills/picture'
import { offset } from '../timeline/offset'

export const snapshotByTimeOffsetSettings = pictureSettings
export type SnapshotByTimeOffsetSettings = z.infer<typeof snapshotByTimeOffsetSettings>

export const snapshotByTimeOffsetRequest = z.object({
  offsets: z.array(offset).min(1),
  accuracy: frameAccuracy.optional(),
})
export type SnapshotByTimeOffsetRequest = z.infer<typeof snapshotByTimeOffsetRequest>

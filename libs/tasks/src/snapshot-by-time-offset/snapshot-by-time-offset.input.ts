import { z } from 'zod'
import { placement } from '../bucket'
import { fileName } from '../file-name'
import { frameAccuracy, stillSettings } from '../stills/picture'
import { offset } from '../timeline/offset'
import { frozenWatermarks, requestedWatermarks } from '../watermarks/watermark'

export const snapshotByTimeOffsetSettings = stillSettings.extend(frozenWatermarks)
export type SnapshotByTimeOffsetSettings = z.infer<typeof snapshotByTimeOffsetSettings>

export const snapshotByTimeOffsetRequest = z.object({
  offsets: z.array(offset).min(1),
  accuracy: frameAccuracy.optional(),
  fileName: fileName.optional(),
  ...placement,
  ...requestedWatermarks,
})
export type SnapshotByTimeOffsetRequest = z.infer<typeof snapshotByTimeOffsetRequest>

import { z } from 'zod'
import { placement } from '../bucket'
import { fileName } from '../file-name'
import { frameAccuracy, stillSettings } from '../stills/picture'
import { offset } from '../timeline/offset'
import { frozenWatermarks, requestedWatermarks } from '../watermarks/watermark'

export const coverBySnapshotSettings = stillSettings.extend(frozenWatermarks)
export type CoverBySnapshotSettings = z.infer<typeof coverBySnapshotSettings>

export const coverBySnapshotRequest = z.object({
  position: offset,
  accuracy: frameAccuracy.optional(),
  fileName: fileName.optional(),
  ...placement,
  ...requestedWatermarks,
})
export type CoverBySnapshotRequest = z.infer<typeof coverBySnapshotRequest>

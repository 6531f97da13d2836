import { z } from 'zod'
import { placement } from '../bucket'
import { fileName } from '../file-name'
import { frameAccuracy, stillSettings } from '../stills/picture'
import { sampling } from '../timeline/offset'
import { frozenWatermarks, requestedWatermarks } from '../watermarks/watermark'

export const sampleSnapshotTemplate = stillSettings.extend({ sampling })
export const sampleSnapshotSettings = sampleSnapshotTemplate.extend(frozenWatermarks)
export type SampleSnapshotSettings = z.infer<typeof sampleSnapshotSettings>

export const sampleSnapshotRequest = z.object({
  accuracy: frameAccuracy.optional(),
  fileName: fileName.optional(),
  ...placement,
  ...requestedWatermarks,
})
export type SampleSnapshotRequest = z.infer<typeof sampleSnapshotRequest>

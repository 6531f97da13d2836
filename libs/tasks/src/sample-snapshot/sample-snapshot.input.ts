import { z } from 'zod'
import { frameAccuracy, pictureSettings } from '../stills/picture'
import { sampling } from '../timeline/offset'

export const sampleSnapshotSettings = pictureSettings.extend({ sampling })
export type SampleSnapshotSettings = z.infer<typeof sampleSnapshotSettings>

export const sampleSnapshotRequest = z.object({ accuracy: frameAccuracy.optional() })
export type SampleSnapshotRequest = z.infer<typeof sampleSnapshotRequest>

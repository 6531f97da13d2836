import { z } from 'zod'
import { frameAccuracy, pictureSettings } from '../stills/picture'
import { offset } from '../timeline/offset'

export const coverBySnapshotSettings = pictureSettings
export type CoverBySnapshotSettings = z.infer<typeof coverBySnapshotSettings>

export const coverBySnapshotRequest = z.object({ position: offset, accuracy: frameAccuracy.optional() })
export type CoverBySnapshotRequest = z.infer<typeof coverBySnapshotRequest>

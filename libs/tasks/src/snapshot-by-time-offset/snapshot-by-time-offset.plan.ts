import { AppError } from '@libs/kernel'
import type { TaskInput } from '../kind'
import type { MediaInfo } from '../media-info'
import { planStills } from '../stills/plan-stills'
import type { StillsPlan } from '../stills/plan-stills'
import { placeOffset } from '../timeline/place-offset'
import { maxPicturesPerTask } from '../timeline/sample-times'
import type { SnapshotByTimeOffsetRequest, SnapshotByTimeOffsetSettings } from './snapshot-by-time-offset.input'

export type SnapshotByTimeOffsetPlan = StillsPlan

/** One still per offset, in the order asked, repeats kept. @throws AppError `task.invalidOffset`, `task.invalidConfiguration` */
export function planSnapshotByTimeOffset(
  { settings, request }: TaskInput<SnapshotByTimeOffsetSettings, SnapshotByTimeOffsetRequest>,
  media: MediaInfo,
): SnapshotByTimeOffsetPlan {
  if (request.offsets.length > maxPicturesPerTask) {
    throw new AppError(
      'task.invalidConfiguration',
      `${request.offsets.length} offsets were given; at most ${maxPicturesPerTask} pictures are made in one task.`,
      { field: 'offsets' },
    )
  }
  const atMs = request.offsets.map((offset, index) => placeOffset(offset, media, `offsets.${index}`))
  return planStills(atMs, settings, request, media)
}

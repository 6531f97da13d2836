import type { TaskInput } from '../kind'
import type { MediaInfo } from '../media-info'
import { planStills } from '../stills/plan-stills'
import type { StillsPlan } from '../stills/plan-stills'
import { placeOffset } from '../timeline/place-offset'
import type { CoverBySnapshotRequest, CoverBySnapshotSettings } from './cover-by-snapshot.input'

export type CoverBySnapshotPlan = StillsPlan

/** The one still that becomes the cover. @throws AppError `task.invalidOffset`, `task.invalidConfiguration` */
export function planCoverBySnapshot(
  { settings, request }: TaskInput<CoverBySnapshotSettings, CoverBySnapshotRequest>,
  media: MediaInfo,
): CoverBySnapshotPlan {
  return planStills([placeOffset(request.position, media, 'position')], settings, request, media)
}

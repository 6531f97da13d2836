import type { TaskInput } from '../kind'
import type { MediaInfo } from '../media-info'
import { planStills } from '../stills/plan-stills'
import type { StillsPlan } from '../stills/plan-stills'
import { sampleTimes } from '../timeline/sample-times'
import type { SampleSnapshotRequest, SampleSnapshotSettings } from './sample-snapshot.input'

export type SampleSnapshotPlan = StillsPlan

/**
 * One still per sample, in time order; of the nearest keyframes each just once.
 * @throws AppError `task.invalidConfiguration`, `task.invalidOffset`
 */
export function planSampleSnapshot(
  { settings, request }: TaskInput<SampleSnapshotSettings, SampleSnapshotRequest>,
  media: MediaInfo,
): SampleSnapshotPlan {
  const plan = planStills(sampleTimes(settings.sampling, media.durationMs), settings, request, media)
  return { ...plan, distinct: plan.accuracy === 'nearestKeyframe' }
}

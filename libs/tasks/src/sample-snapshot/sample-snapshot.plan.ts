import type { TaskInput } from '../kind'
import type { MediaInfo } from '../media-info'
import type { SampleSnapshotRequest, SampleSnapshotSettings } from './sample-snapshot.input'

export interface SampleSnapshotPlan {
  readonly todo: true
}

export function planSampleSnapshot(
  _input: TaskInput<SampleSnapshotSettings, SampleSnapshotRequest>,
  _media: MediaInfo,
): SampleSnapshotPlan {
  throw new Error('not built yet')
}

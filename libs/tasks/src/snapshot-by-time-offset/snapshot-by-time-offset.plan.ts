import type { TaskInput } from '../kind'
import type { MediaInfo } from '../media-info'
import type { SnapshotByTimeOffsetRequest, SnapshotByTimeOffsetSettings } from './snapshot-by-time-offset.input'

export interface SnapshotByTimeOffsetPlan {
  readonly todo: true
}

export function planSnapshotByTimeOffset(
  _input: TaskInput<SnapshotByTimeOffsetSettings, SnapshotByTimeOffsetRequest>,
  _media: MediaInfo,
): SnapshotByTimeOffsetPlan {
  throw new Error('not built yet')
}

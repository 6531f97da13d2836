import type { TaskInput } from '../kind'
import type { MediaInfo } from '../media-info'
import type { CoverBySnapshotRequest, CoverBySnapshotSettings } from './cover-by-snapshot.input'

export interface CoverBySnapshotPlan {
  readonly todo: true
}

export function planCoverBySnapshot(
  _input: TaskInput<CoverBySnapshotSettings, CoverBySnapshotRequest>,
  _media: MediaInfo,
): CoverBySnapshotPlan {
  throw new Error('not built yet')
}

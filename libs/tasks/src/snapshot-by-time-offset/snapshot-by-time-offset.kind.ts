import { defineTaskKind } from '../define-task-kind'
import { executeSnapshotByTimeOffset } from './snapshot-by-time-offset.execute'
import { snapshotByTimeOffsetRequest, snapshotByTimeOffsetSettings } from './snapshot-by-time-offset.input'
import { snapshotByTimeOffsetOutput } from './snapshot-by-time-offset.output'
import { planSnapshotByTimeOffset } from './snapshot-by-time-offset.plan'

export const snapshotByTimeOffset = defineTaskKind({
  name: 'snapshotByTimeOffset',
  template: 'snapshotByTimeOffset',
  settings: snapshotByTimeOffsetSettings,
  request: snapshotByTimeOffsetRequest,
  output: snapshotByTimeOffsetOutput,
  plan: planSnapshotByTimeOffset,
  execute: executeSnapshotByTimeOffset,
})

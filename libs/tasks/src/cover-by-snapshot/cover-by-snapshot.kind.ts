import { defineTaskKind } from '../define-task-kind'
import { executeCoverBySnapshot } from './cover-by-snapshot.execute'
import { coverBySnapshotRequest, coverBySnapshotSettings } from './cover-by-snapshot.input'
import { coverBySnapshotOutput } from './cover-by-snapshot.output'
import { planCoverBySnapshot } from './cover-by-snapshot.plan'

export const coverBySnapshot = defineTaskKind({
  name: 'coverBySnapshot',
  template: 'snapshotByTimeOffset',
  settings: coverBySnapshotSettings,
  request: coverBySnapshotRequest,
  output: coverBySnapshotOutput,
  plan: planCoverBySnapshot,
  execute: executeCoverBySnapshot,
})

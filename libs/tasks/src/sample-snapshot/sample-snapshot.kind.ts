import { defineTaskKind } from '../define-task-kind'
import { executeSampleSnapshot } from './sample-snapshot.execute'
import { sampleSnapshotRequest, sampleSnapshotSettings } from './sample-snapshot.input'
import { sampleSnapshotOutput } from './sample-snapshot.output'
import { planSampleSnapshot } from './sample-snapshot.plan'

export const sampleSnapshot = defineTaskKind({
  name: 'sampleSnapshot',
  template: 'sampleSnapshot',
  settings: sampleSnapshotSettings,
  request: sampleSnapshotRequest,
  output: sampleSnapshotOutput,
  plan: planSampleSnapshot,
  execute: executeSampleSnapshot,
})

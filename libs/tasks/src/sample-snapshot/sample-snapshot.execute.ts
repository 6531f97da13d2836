import type { ExecutionContext } from '../kind'
import type { SampleSnapshotOutput } from './sample-snapshot.output'
import type { SampleSnapshotPlan } from './sample-snapshot.plan'

export function executeSampleSnapshot(
  _plan: SampleSnapshotPlan,
  _context: ExecutionContext,
  _signal: AbortSignal,
): Promise<SampleSnapshotOutput> {
  throw new Error('not built yet')
}

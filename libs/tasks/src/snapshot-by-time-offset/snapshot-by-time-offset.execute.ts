import type { ExecutionContext } from '../kind'
import type { SnapshotByTimeOffsetOutput } from './snapshot-by-time-offset.output'
import type { SnapshotByTimeOffsetPlan } from './snapshot-by-time-offset.plan'

export function executeSnapshotByTimeOffset(
  _plan: SnapshotByTimeOffsetPlan,
  _context: ExecutionContext,
  _signal: AbortSignal,
): Promise<SnapshotByTimeOffsetOutput> {
  throw new Error('not built yet')
}

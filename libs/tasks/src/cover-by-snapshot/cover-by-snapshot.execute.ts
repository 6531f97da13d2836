import type { ExecutionContext } from '../kind'
import type { CoverBySnapshotOutput } from './cover-by-snapshot.output'
import type { CoverBySnapshotPlan } from './cover-by-snapshot.plan'

export function executeCoverBySnapshot(
  _plan: CoverBySnapshotPlan,
  _context: ExecutionContext,
  _signal: AbortSignal,
): Promise<CoverBySnapshotOutput> {
  throw new Error('not built yet')
}

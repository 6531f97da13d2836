import { AppError } from '@libs/kernel'
import type { ExecutionContext } from '../kind'
import { captureStills } from '../stills/capture-stills'
import type { CoverBySnapshotOutput } from './cover-by-snapshot.output'
import type { CoverBySnapshotPlan } from './cover-by-snapshot.plan'

export async function executeCoverBySnapshot(
  plan: CoverBySnapshotPlan,
  context: ExecutionContext,
  signal: AbortSignal,
): Promise<CoverBySnapshotOutput> {
  const [cover] = await captureStills(plan, ['cover'], context, signal)
  if (cover === undefined) throw new AppError('internal', 'The grabber returned no frame for the cover.')
  return { cover }
}

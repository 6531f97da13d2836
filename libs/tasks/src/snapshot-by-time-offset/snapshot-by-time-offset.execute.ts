import type { ExecutionContext } from '../kind'
import { captureStills } from '../stills/capture-stills'
import type { SnapshotByTimeOffsetOutput } from './snapshot-by-time-offset.output'
import type { SnapshotByTimeOffsetPlan } from './snapshot-by-time-offset.plan'

export async function executeSnapshotByTimeOffset(
  plan: SnapshotByTimeOffsetPlan,
  context: ExecutionContext,
  signal: AbortSignal,
): Promise<SnapshotByTimeOffsetOutput> {
  const names = plan.atMs.map((_, index) => `still-${index}`)
  return { stills: [...(await captureStills(plan, names, context, signal))] }
}

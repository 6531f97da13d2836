import type { ExecutionContext } from '../kind'
import { captureStills } from '../stills/capture-stills'
import type { SampleSnapshotOutput } from './sample-snapshot.output'
import type { SampleSnapshotPlan } from './sample-snapshot.plan'

export async function executeSampleSnapshot(
  plan: SampleSnapshotPlan,
  context: ExecutionContext,
  signal: AbortSignal,
): Promise<SampleSnapshotOutput> {
  const names = plan.atMs.map((_, index) => `sample-${index}`)
  return { stills: [...(await captureStills(plan, names, context, signal))] }
}

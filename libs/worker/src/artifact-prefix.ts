import type { ExecuteEnvelope, Execution } from '@libs/queue'

/**
 * Where one execution's artifacts go. The dispatch and the start of its job are in it, so that a worker that was
 * thought dead and wakes up late writes files that nobody refers to.
 */
export function artifactPrefixOf(
  { subAppId, runId, taskId, generation }: ExecuteEnvelope,
  { attempt }: Pick<Execution, 'attempt'>,
): string {
  return `artifacts/${subAppId}/${runId}/${taskId}/g${generation}x${attempt}/`
}

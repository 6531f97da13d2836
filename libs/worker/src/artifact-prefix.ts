import type { ExecuteEnvelope, Execution } from '@libs/queue'
import { bucketOf, bucketPrefix } from '@libs/tasks'

/**
 * Where one execution's artifacts go. The dispatch and the start of its job are in it, so that a worker that was
 * thought dead and wakes up late writes files that nobody refers to. In a bucket it writes the same once more.
 */
export function artifactPrefixOf(
  { subAppId, runId, taskId, generation, input }: ExecuteEnvelope,
  { attempt }: Pick<Execution, 'attempt'>,
): string {
  const bucket = bucketOf(input.request)
  if (bucket !== undefined) return bucketPrefix(subAppId, bucket)
  return `artifacts/${subAppId}/${runId}/${taskId}/g${generation}x${attempt}/`
}

import type { Outcome } from '@libs/workflow'
import type { Job } from 'bullmq'
import { decodeFault } from './wire/fault-codec'

/** The outcome of a settle job's one child; undefined when the child was taken away without any. */
export async function readOutcome(settleJob: Pick<Job, 'getChildrenValues' | 'getIgnoredChildrenFailures'>) {
  const [output] = Object.values<unknown>(await settleJob.getChildrenValues())
  if (output !== undefined) return { status: 'succeeded', output } satisfies Outcome
  const [failure] = Object.values(await settleJob.getIgnoredChildrenFailures())
  return failure === undefined ? undefined : ({ status: 'failed', fault: decodeFault(failure) } satisfies Outcome)
}

import type { PictureKindName } from '@libs/tasks'
import type { RunReport } from '@libs/workflow'

/** A job has failed when a part of it has. */
export function jobStatusOf({ run, tasks }: RunReport<PictureKindName>): 'Processing' | 'Success' | 'Fail' {
  if (run.state === 'aborted') return 'Fail'
  if (run.state !== 'finished') return 'Processing'
  return tasks.some(({ state }) => state !== 'succeeded') ? 'Fail' : 'Success'
}

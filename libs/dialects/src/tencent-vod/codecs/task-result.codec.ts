import type { PictureKindName } from '@libs/tasks'
import { type FileUrls, hasSucceeded, type Task, type TaskFacts } from '@libs/workflow'
import { vendorFaultOf } from '../errors'
import { kindCodecs } from './kind-codecs'
import { vendorTime } from './vendor-words'

function statusOf(task: Pick<TaskFacts, 'state' | 'fault'>) {
  if (task.fault !== undefined && task.state === 'failed') return { Status: 'FAIL', ...vendorFaultOf(task.fault) }
  const hasEnded = task.state === 'succeeded'
  return {
    Status: hasEnded ? 'SUCCESS' : 'PROCESSING',
    ErrCode: 0,
    ErrCodeExt: '',
    Message: hasEnded ? 'SUCCESS' : '',
  }
}

/** One MediaProcessTaskResult; what there is not yet is left out. */
export function encodeTaskResult<Kind extends PictureKindName>(task: Task<Kind>, urls: FileUrls): object {
  const codec = kindCodecs[task.kind]
  const { kind, definition = 0, request, progressPercent, startedAt, finishedAt } = task
  return {
    Type: codec.type,
    [codec.member]: {
      ...statusOf(task),
      Input: codec.encode({ kind, definition, request }),
      ...(hasSucceeded(task) && { Output: codec.output(task, urls) }),
      Progress: progressPercent,
      ...(startedAt && { BeginProcessTime: vendorTime(startedAt) }),
      ...(finishedAt && { FinishTime: vendorTime(finishedAt) }),
    },
  }
}

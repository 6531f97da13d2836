import type { RunId, SubAppId } from '@libs/kernel'
import { DescribePull, DescribeRun, type Run } from '@libs/workflow'
import type { Action } from '../../../dialect'
import { timeOrEmpty, vendorRunStatus, vendorTime } from '../../codecs/vendor-words'
import { actionParameters, defineAction } from '../../define-action'
import { encodeProcedureTask } from '../../events/procedure-state-changed'
import { encodePullUploadTask } from '../../events/pull-complete'
import { string } from '../../protocol/fields'
import { decodeTaskId } from '../../task-ids'

const parameters = actionParameters({ TaskId: string(128) })

interface Asked {
  readonly subAppId: SubAppId
  readonly runId: RunId
}

function taskFacts(TaskType: string, run: Run): object {
  return {
    TaskType,
    Status: vendorRunStatus[run.state],
    CreateTime: vendorTime(run.createdAt),
    BeginProcessTime: timeOrEmpty(run.startedAt),
    FinishTime: timeOrEmpty(run.finishedAt),
  }
}

const ofProcedure = defineAction({
  isRead: true,
  parameters,
  useCase: DescribeRun,
  toCommand: ({ TaskId }, { subAppId }): Asked => ({ subAppId, runId: decodeTaskId(subAppId, TaskId).runId }),
  execute: (describe, { subAppId, runId }) => describe.execute(subAppId, runId),
  toResponse: (described, { urls }) => ({
    ...taskFacts('Procedure', described.report.run),
    ProcedureTask: encodeProcedureTask(described, urls),
  }),
})

const ofPull = defineAction({
  parameters,
  useCase: DescribePull,
  toCommand: ({ TaskId }, { subAppId }): Asked => ({ subAppId, runId: decodeTaskId(subAppId, TaskId).runId }),
  execute: (describe, { subAppId, runId }) => describe.execute(subAppId, runId),
  toResponse: (pull, { urls }) => ({
    ...taskFacts('PullUpload', pull.run),
    PullUploadTask: encodePullUploadTask(pull, urls),
  }),
})

/** A TaskId says of which type its task is. */
export const describeTaskDetail: Action = {
  parameters,
  perform: (raw, scope) => (isOfPull(raw) ? ofPull : ofProcedure).perform(raw, scope),
}

function isOfPull(raw: unknown): boolean {
  const parsed = parameters.safeParse(raw)
  return parsed.success && parsed.data.TaskId.includes('-Pull-')
}

import { AppError } from '@libs/kernel'
import { DescribeRun } from '@libs/workflow'
import { vendorRunStatus, vendorTime } from '../../codecs/vendor-words'
import { actionParameters, defineAction } from '../../define-action'
import { encodeProcedureTask } from '../../events/procedure-state-changed'
import { string } from '../../protocol/fields'
import { parseTaskId } from '../../task-ids'

function timeOrEmpty(at: Date | undefined): string {
  return at === undefined ? '' : vendorTime(at)
}

export const describeTaskDetail = defineAction({
  parameters: actionParameters({ TaskId: string(128) }),
  useCase: DescribeRun,
  toCommand({ TaskId }, { subAppId }) {
    const runId = parseTaskId(subAppId, TaskId)
    if (runId !== undefined) return { subAppId, runId }
    throw new AppError('run.notFound', `There is no task "${TaskId}".`, { field: 'TaskId' })
  },
  execute: (describe, { subAppId, runId }) => describe.execute(subAppId, runId),
  toResponse(described, { urls }) {
    const { run } = described.report
    return {
      TaskType: 'Procedure',
      Status: vendorRunStatus[run.state],
      CreateTime: vendorTime(run.createdAt),
      BeginProcessTime: timeOrEmpty(run.startedAt),
      FinishTime: timeOrEmpty(run.finishedAt),
      ProcedureTask: encodeProcedureTask(described, urls),
    }
  },
})

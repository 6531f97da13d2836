import { AbortRun } from '@libs/workflow'
import { actionParameters, defineAction } from '../../define-action'
import { oneOf, string } from '../../protocol/fields'
import { decodeTaskId } from '../../task-ids'

/** Tencent Cloud VOD, "ManageTask": only what has not begun can be aborted. */
export const manageTask = defineAction({
  parameters: actionParameters({ TaskId: string(128), OperationType: oneOf(['Abort']) }),
  useCase: AbortRun,
  toCommand: ({ TaskId }, { subAppId }) => ({ subAppId, runId: decodeTaskId(subAppId, TaskId).runId }),
  execute: (abort, { subAppId, runId }) => abort.beforeItBegins(subAppId, runId),
  toResponse: () => ({}),
})

import { CountEvents } from '@libs/workflow'
import { actionParameters, defineAction } from '../../define-action'

export const describeEventsState = defineAction({
  isRead: true,
  parameters: actionParameters({}),
  useCase: CountEvents,
  toCommand: (_parameters, { subAppId }) => subAppId,
  execute: (count, subAppId) => count.execute(subAppId),
  toResponse: (count) => ({ CountOfEventsToPull: count }),
})

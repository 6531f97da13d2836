import { ConfirmEvents } from '@libs/workflow'
import { actionParameters, defineAction } from '../../define-action'
import { ignored, listOf, string } from '../../protocol/fields'

const mostHandles = 16

export const confirmEvents = defineAction({
  parameters: actionParameters({ EventHandles: listOf(string(64), mostHandles).min(1), ExtInfo: ignored }),
  useCase: ConfirmEvents,
  toCommand: ({ EventHandles }, { subAppId }) => ({ subAppId, handles: EventHandles }),
  execute: (confirm, { subAppId, handles }) => confirm.execute(subAppId, handles),
  toResponse: () => ({}),
})

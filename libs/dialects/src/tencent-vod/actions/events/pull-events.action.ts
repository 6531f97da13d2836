import { AppError } from '@libs/kernel'
import { PullEvents } from '@libs/workflow'
import { actionParameters, defineAction } from '../../define-action'
import { ignored } from '../../protocol/fields'

/** Tencent Cloud VOD, "PullEvents": up to 16 events, a wait of up to 5 s, hidden from others for 30 s. */
const reliableQueue = { limit: 16, waitMs: 5_000, visibilityMs: 30_000 }

function eventContent(handle: string, body: string): object {
  const event: unknown = JSON.parse(body)
  return { EventHandle: handle, ...(typeof event === 'object' ? event : {}) }
}

/** Nothing to pull is a refusal in this API, and clients look for its code. */
export const pullEvents = defineAction({
  isRead: true,
  parameters: actionParameters({ ExtInfo: ignored }),
  useCase: PullEvents,
  toCommand: (_parameters, { subAppId }) => ({ ...reliableQueue, subAppId }),
  execute: (pull, command) => pull.execute(command),
  toResponse(events) {
    if (events.length > 0) return { EventSet: events.map(({ handle, body }) => eventContent(handle, body)) }
    throw new AppError('events.none', 'There are no events to pull.')
  },
})

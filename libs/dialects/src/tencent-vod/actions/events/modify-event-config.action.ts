import { type EventConfig, ModifyEventConfig } from '@libs/workflow'
import { actionParameters, defineAction } from '../../define-action'
import { alwaysOff, httpUrl, oneOf, unsupported } from '../../protocol/fields'

const modes = { PUSH: 'push', PULL: 'pull' } as const

/** What is omitted stays as it is; an empty NotificationUrl clears it. Task-flow events are always on. */
export const modifyEventConfig = defineAction({
  parameters: actionParameters({
    Mode: oneOf(['PUSH', 'PULL']).optional(),
    NotificationUrl: httpUrl.optional(),
    UploadMediaCompleteEventSwitch: alwaysOff,
    DeleteMediaCompleteEventSwitch: alwaysOff,
    PersistenceCompleteEventSwitch: alwaysOff,
    SignKey: unsupported,
  }),
  useCase: ModifyEventConfig,
  toCommand({ Mode, NotificationUrl }, { subAppId }) {
    const change: Partial<EventConfig> = {
      ...(Mode !== undefined && { mode: modes[Mode] }),
      ...(NotificationUrl !== undefined && { url: NotificationUrl }),
    }
    return { subAppId, change }
  },
  execute: (modify, { subAppId, change }) => modify.execute(subAppId, change),
  toResponse: () => ({}),
})

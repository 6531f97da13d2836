import { type EventConfig, ModifyEventConfig } from '@libs/workflow'
import { actionParameters, defineAction } from '../../define-action'
import { httpUrl, oneOf, string } from '../../protocol/fields'

const modes = { PUSH: 'push', PULL: 'pull' } as const
const onOff = oneOf(['ON', 'OFF']).optional()

function switched(name: keyof EventConfig, given: 'ON' | 'OFF' | undefined): Partial<EventConfig> {
  return given === undefined ? {} : { [name]: given === 'ON' }
}

/** What is omitted stays as it is; an empty NotificationUrl or SignKey clears it. Task-flow events are always on. */
export const modifyEventConfig = defineAction({
  parameters: actionParameters({
    Mode: oneOf(['PUSH', 'PULL']).optional(),
    NotificationUrl: httpUrl.optional(),
    UploadMediaCompleteEventSwitch: onOff,
    DeleteMediaCompleteEventSwitch: onOff,
    PersistenceCompleteEventSwitch: onOff,
    SignKey: string(32)
      .refine((key) => /^[A-Za-z0-9]*$/.test(key), 'Letters and digits alone are allowed.')
      .optional(),
  }),
  useCase: ModifyEventConfig,
  toCommand(given, { subAppId }) {
    const { Mode, NotificationUrl, SignKey } = given
    const change: Partial<EventConfig> = {
      ...(Mode !== undefined && { mode: modes[Mode] }),
      ...(NotificationUrl !== undefined && { url: NotificationUrl }),
      ...(SignKey !== undefined && { signKey: SignKey }),
      ...switched('tellsUploads', given.UploadMediaCompleteEventSwitch),
      ...switched('tellsDeletions', given.DeleteMediaCompleteEventSwitch),
      ...switched('tellsPersistence', given.PersistenceCompleteEventSwitch),
    }
    return { subAppId, change }
  },
  execute: (modify, { subAppId, change }) => modify.execute(subAppId, change),
  toResponse: () => ({}),
})

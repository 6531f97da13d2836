import { DescribeEventConfig } from '@libs/workflow'
import { actionParameters, defineAction } from '../../define-action'

const modes = { push: 'PUSH', pull: 'PULL' } as const
const onOrOff = (isOn: boolean): string => (isOn ? 'ON' : 'OFF')

/** The SignKey is never told. */
export const describeEventConfig = defineAction({
  isRead: true,
  parameters: actionParameters({}),
  useCase: DescribeEventConfig,
  toCommand: (_parameters, { subAppId }) => subAppId,
  execute: (describe, subAppId) => describe.execute(subAppId),
  toResponse: ({ mode, url, tellsUploads, tellsDeletions, tellsPersistence }) => ({
    Mode: modes[mode],
    NotificationUrl: url,
    UploadMediaCompleteEventSwitch: onOrOff(tellsUploads),
    DeleteMediaCompleteEventSwitch: onOrOff(tellsDeletions),
    PersistenceCompleteEventSwitch: onOrOff(tellsPersistence),
  }),
})

import { DescribeEventConfig } from '@libs/workflow'
import { actionParameters, defineAction } from '../../define-action'

const modes = { push: 'PUSH', pull: 'PULL' } as const

export const describeEventConfig = defineAction({
  parameters: actionParameters({}),
  useCase: DescribeEventConfig,
  toCommand: (_parameters, { subAppId }) => subAppId,
  execute: (describe, subAppId) => describe.execute(subAppId),
  toResponse: ({ mode, url }) => ({
    Mode: modes[mode],
    NotificationUrl: url,
    UploadMediaCompleteEventSwitch: 'OFF',
    DeleteMediaCompleteEventSwitch: 'OFF',
    PersistenceCompleteEventSwitch: 'OFF',
  }),
})

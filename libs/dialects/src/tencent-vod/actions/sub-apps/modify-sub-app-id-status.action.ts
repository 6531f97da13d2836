import { ManageSubApps } from '@libs/workflow'
import { z } from 'zod'
import { defineAction, subject } from '../../define-action'
import { oneOf } from '../../protocol/fields'

const states = { On: 'on', Off: 'off', Destroyed: 'destroyed' } as const

export const modifySubAppIdStatus = defineAction({
  parameters: z.strictObject({ SubAppId: subject, Status: oneOf(['On', 'Off', 'Destroyed']) }),
  isOfAccount: true,
  useCase: ManageSubApps,
  toCommand: ({ SubAppId, Status }, { subAppId }) => ({
    own: subAppId,
    id: SubAppId,
    change: { state: states[Status] },
  }),
  execute: (manage, { own, id, change }) => manage.change(own, id, change),
  toResponse: () => ({}),
})

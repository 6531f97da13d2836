import { ManageSubApps } from '@libs/workflow'
import { z } from 'zod'
import { defineAction, subject } from '../../define-action'
import { string } from '../../protocol/fields'

/** What is omitted stays as it is. */
export const modifySubAppIdInfo = defineAction({
  parameters: z.strictObject({
    SubAppId: subject,
    Name: string(40).optional(),
    Description: string(300).optional(),
  }),
  isOfAccount: true,
  useCase: ManageSubApps,
  toCommand: ({ SubAppId, Name, Description }, { subAppId }) => ({
    own: subAppId,
    id: SubAppId,
    change: {
      ...(Name !== undefined && { name: Name }),
      ...(Description !== undefined && { description: Description }),
    },
  }),
  execute: (manage, { own, id, change }) => manage.change(own, id, change),
  toResponse: () => ({}),
})

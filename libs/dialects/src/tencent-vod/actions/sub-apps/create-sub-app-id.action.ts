import { ManageSubApps } from '@libs/workflow'
import { z } from 'zod'
import { defineAction } from '../../define-action'
import { oneOf, string, unsupported } from '../../protocol/fields'
import { appIdOf } from '../../task-ids'

export const createSubAppId = defineAction({
  parameters: z.strictObject({
    Name: string(40),
    Description: string(300).default(''),
    Type: oneOf(['AllInOne', 'Professional']).optional(),
    Mode: oneOf(['fileid', '']).optional(),
    StorageRegion: string(64).optional(),
    Tags: unsupported,
  }),
  isOfAccount: true,
  useCase: ManageSubApps,
  toCommand: ({ Name, Description }, { subAppId }) => ({
    own: subAppId,
    about: { name: Name, description: Description },
  }),
  execute: (manage, { own, about }) => manage.create(own, about),
  toResponse: ({ id }) => ({ SubAppId: appIdOf(id) }),
})

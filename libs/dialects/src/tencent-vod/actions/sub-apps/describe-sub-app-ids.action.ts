import { ManageSubApps, type SubAppState } from '@libs/workflow'
import { z } from 'zod'
import { vendorTime } from '../../codecs/vendor-words'
import { defineAction } from '../../define-action'
import { integerIn, paging, string, unsupported } from '../../protocol/fields'
import { appIdOf } from '../../task-ids'

const statuses: Readonly<Record<SubAppState, string>> = { on: 'On', off: 'Off', destroyed: 'Destroyed' }

export const describeSubAppIds = defineAction({
  isRead: true,
  parameters: z.strictObject({
    Name: string(40).optional(),
    Tags: unsupported,
    Offset: paging.Offset,
    Limit: integerIn(1, 200).default(200),
  }),
  isOfAccount: true,
  useCase: ManageSubApps,
  toCommand: ({ Name, Offset, Limit }, { subAppId }) => ({
    own: subAppId,
    query: { name: Name === '' ? undefined : Name, offset: Offset, limit: Limit },
  }),
  execute: (manage, { own, query }) => manage.describe(own, query),
  toResponse: ({ totalCount, items }) => ({
    TotalCount: totalCount,
    SubAppIdInfoSet: items.map(({ id, name, description, state, createdAt }) => ({
      SubAppId: appIdOf(id),
      SubAppIdName: name,
      Name: name,
      Description: description,
      CreateTime: vendorTime(createdAt),
      Status: statuses[state],
      Mode: 'fileid',
      StorageRegions: [],
      Tags: [],
    })),
  }),
})

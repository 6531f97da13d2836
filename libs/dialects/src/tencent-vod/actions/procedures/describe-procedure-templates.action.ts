import { DescribeProcedures } from '@libs/workflow'
import { z } from 'zod'
import { encodeMediaProcessTask } from '../../codecs/media-process-task.codec'
import { domainType, vendorTime, vendorType } from '../../codecs/vendor-words'
import { actionParameters, defineAction } from '../../define-action'
import { listOf, oneOf, paging, string } from '../../protocol/fields'

const mostNames = 100

const orders = { Asc: 'ascending', Desc: 'descending' } as const
const sortByCreation = z.strictObject({ Field: oneOf(['CreateTime']), Order: oneOf(['Asc', 'Desc']) })

export const describeProcedureTemplates = defineAction({
  isRead: true,
  parameters: actionParameters({
    ...paging,
    Names: listOf(string(64), mostNames).optional(),
    Type: oneOf(['Preset', 'Custom']).optional(),
    SortBy: listOf(sortByCreation, 1).optional(),
  }),
  useCase: DescribeProcedures,
  toCommand: ({ Names, Type, SortBy, Offset, Limit }, { subAppId }) => ({
    subAppId,
    query: {
      offset: Offset,
      limit: Limit,
      names: Names?.length === 0 ? undefined : Names,
      type: Type && domainType[Type],
      order: orders[SortBy?.[0]?.Order ?? 'Asc'],
    },
  }),
  execute: (describe, { subAppId, query }) => describe.execute(subAppId, query),
  toResponse: ({ totalCount, items }) => ({
    TotalCount: totalCount,
    ProcedureTemplateSet: items.map(({ name, type, comment, tasks, createdAt, updatedAt }) => ({
      Name: name,
      Type: vendorType[type],
      Comment: comment,
      MediaProcessTask: encodeMediaProcessTask(tasks),
      CreateTime: vendorTime(createdAt),
      UpdateTime: vendorTime(updatedAt),
    })),
  }),
})

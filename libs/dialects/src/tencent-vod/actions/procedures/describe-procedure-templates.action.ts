import { DescribeProcedures } from '@libs/workflow'
import { encodeMediaProcessTask } from '../../codecs/media-process-task.codec'
import { domainType, vendorTime, vendorType } from '../../codecs/vendor-words'
import { actionParameters, defineAction } from '../../define-action'
import { listOf, oneOf, paging, string, unsupported } from '../../protocol/fields'

const mostNames = 100

export const describeProcedureTemplates = defineAction({
  parameters: actionParameters({
    ...paging,
    Names: listOf(string(64), mostNames).optional(),
    Type: oneOf(['Preset', 'Custom']).optional(),
    SortBy: unsupported,
  }),
  useCase: DescribeProcedures,
  toCommand: ({ Names, Type, Offset, Limit }, { subAppId }) => ({
    subAppId,
    query: {
      offset: Offset,
      limit: Limit,
      names: Names?.length === 0 ? undefined : Names,
      type: Type && domainType[Type],
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

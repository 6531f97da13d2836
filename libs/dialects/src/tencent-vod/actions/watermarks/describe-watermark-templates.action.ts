import { DescribeTemplates, type Template } from '@libs/workflow'
import { watermarkType } from '../../codecs/watermarks/watermark-parameters'
import { encodeWatermark } from '../../codecs/watermarks/watermark-template.codec'
import { actionParameters, defineAction } from '../../define-action'
import { definitions, paging } from '../../protocol/fields'

/** Type is which watermarks, here, and not whose. */
export const describeWatermarkTemplates = defineAction({
  isRead: true,
  parameters: actionParameters({ ...paging, Definitions: definitions, Type: watermarkType.optional() }),
  useCase: DescribeTemplates,
  toCommand: ({ Definitions, Type, Offset, Limit }, { subAppId }) => ({
    subAppId,
    query: {
      template: 'watermark' as const,
      offset: Offset,
      limit: Limit,
      definitions: Definitions,
      accepts: ({ settings }: Template<'watermark'>) => Type === undefined || settings.mark.type === Type,
    },
  }),
  execute: (describe, { subAppId, query }) => describe.execute(subAppId, query),
  toResponse: ({ totalCount, items }, { urls }) => ({
    TotalCount: totalCount,
    WatermarkTemplateSet: items.map((watermark) => encodeWatermark(watermark, urls)),
  }),
})

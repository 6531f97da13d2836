import { DescribeTemplates } from '@libs/workflow'
import { encodeTemplate } from '../../codecs/templates/template.codec'
import { defineAction } from '../../define-action'
import { describeTemplatesParameters, toTemplatesQuery } from './describe-shape'

export const describeImageSpriteTemplates = defineAction({
  isRead: true,
  parameters: describeTemplatesParameters,
  useCase: DescribeTemplates,
  toCommand: (parameters, { subAppId }) => ({
    subAppId,
    query: { ...toTemplatesQuery(parameters), template: 'imageSprite' as const },
  }),
  execute: (describe, { subAppId, query }) => describe.execute(subAppId, query),
  toResponse: ({ totalCount, items }) => ({
    TotalCount: totalCount,
    ImageSpriteTemplateSet: items.map((template) => encodeTemplate(template)),
  }),
})

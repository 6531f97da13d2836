import { AppError } from '@libs/kernel'
import { ChangeTemplate, CreateTemplate, DeleteTemplate, DescribeTemplates } from '@libs/workflow'
import { actionParameters, defineAction } from '../../aliyun-rpc/define-action'
import { findTemplate, listTemplates, type SnapshotTemplate } from '../../aliyun-rpc/snapshots/list-templates'
import { decodeTemplateId, type SnapshotTemplateName, templateIdOf } from '../../aliyun-rpc/snapshots/template-id'
import { vendorTime } from '../../aliyun-rpc/vendor-time'
import { integerIn, oneOf, string } from '../../parameters/fields'
import { snapshotTypes } from '../codecs/snapshot-config.codec'
import { decodeTemplate, presentTemplate, snapshotTemplateType, subtypeOf, typeOf } from '../codecs/template.codec'

const longestNameBytes = 128
const Name = string(longestNameBytes).refine(
  (name) => Buffer.byteLength(name) <= longestNameBytes,
  `A name has at most ${longestNameBytes} bytes.`,
)
const TemplateId = string(64)
const written = string(16_384)

/** Transcodings, watermarks and the like are not made here. */
const Type = integerIn(0, 1000).refine((type) => type === snapshotTemplateType, {
  message: `Only ${snapshotTemplateType}, of snapshots, is supported.`,
  params: { code: 'feature.unsupported' },
})
const Subtype = integerIn(1, snapshotTypes.length)

/** Both spellings are in the vendor's documents. */
const OrderBy = oneOf(['CreationTime:Desc', 'CreationTime:Asc', 'CreateTimeDesc', 'CreateTimeAsc'])

function presentWithSubtype(template: SnapshotTemplate): object {
  return { ...presentTemplate(template), Subtype: subtypeOf(template), SubtypeName: typeOf(template) }
}

export const createCustomTemplate = defineAction({
  parameters: actionParameters({ Name, Type, Subtype: Subtype.optional(), TemplateConfig: written }),
  useCase: CreateTemplate,
  toCommand(given, { subAppId }) {
    const asked = given.Subtype === undefined ? undefined : snapshotTypes[given.Subtype - 1]
    const { type, template } = decodeTemplate(given.TemplateConfig, given.Name, asked)
    if (asked === undefined || asked === type) return { subAppId, type, template, given }
    throw new AppError('request.invalidValue', `The config is of type ${type}.`, { field: 'Subtype' })
  },
  async execute(create, { subAppId, type, template, given }) {
    const { definition, createdAt } = await create.dated<SnapshotTemplateName>(subAppId, template)
    return { id: templateIdOf(template.template, definition), createdAt, type, given }
  },
  toResponse({ id, createdAt, type, given }) {
    const at = vendorTime(createdAt)
    return {
      CustomTemplate: {
        TemplateId: id,
        TemplateName: given.Name,
        Type: snapshotTemplateType,
        TypeName: 'SnapshotTemplate',
        // A name here, a number in all other answers, as the vendor's clients take it.
        Subtype: type,
        TemplateConfig: given.TemplateConfig,
        Status: 'Normal',
        IsDefault: false,
        CreateTime: at,
        ModifiedTime: at,
      },
    }
  },
})

export const updateCustomTemplate = defineAction({
  parameters: actionParameters({ TemplateId, Name: Name.optional(), TemplateConfig: written.optional() }),
  useCase: ChangeTemplate,
  toCommand: (given, { subAppId }) => ({ subAppId, id: decodeTemplateId(given.TemplateId), given }),
  execute: (change, { subAppId, id, given }) =>
    change.execute<SnapshotTemplateName>(subAppId, id, (current) => {
      const { Name: name = current.name, TemplateConfig: text } = given
      if (text === undefined) return { ...current, name }
      const { type, template } = decodeTemplate(text, name, typeOf(current))
      if (type === typeOf(current)) return template
      const field = 'TemplateConfig.Type'
      throw new AppError('request.invalidValue', 'A template stays of its type.', { field })
    }),
  toResponse: () => ({ Success: true }),
})

export const getCustomTemplate = defineAction({
  parameters: actionParameters({ TemplateId }),
  useCase: DescribeTemplates,
  toCommand: (given, { subAppId }) => ({ subAppId, id: decodeTemplateId(given.TemplateId) }),
  execute: (describe, { subAppId, id }) => findTemplate(describe, subAppId, id, 'TemplateId'),
  toResponse: (template) => ({ CustomTemplate: presentWithSubtype(template) }),
})

export const listCustomTemplates = defineAction({
  parameters: actionParameters({
    Type,
    Subtype: Subtype.optional(),
    Name: Name.optional(),
    TemplateId: TemplateId.optional(),
    OrderBy: OrderBy.default('CreationTime:Desc'),
    PageNumber: integerIn(1, 1_000_000).default(1),
    PageSize: integerIn(1, 100).default(20),
  }),
  useCase: DescribeTemplates,
  toCommand: (asked, { subAppId }) => ({ subAppId, asked }),
  execute: async (describe, { subAppId, asked }) => ({ asked, templates: await listTemplates(describe, subAppId) }),
  toResponse({ asked, templates }) {
    const found = templates
      .filter((template) => asked.Subtype === undefined || subtypeOf(template) === asked.Subtype)
      .filter(({ name }) => asked.Name === undefined || name.includes(asked.Name))
      .map(presentWithSubtype)
      .filter((told) => asked.TemplateId === undefined || Reflect.get(told, 'TemplateId') === asked.TemplateId)
    const ordered = asked.OrderBy.endsWith('Desc') ? found.toReversed() : found
    const from = (asked.PageNumber - 1) * asked.PageSize
    return { Total: ordered.length, CustomTemplateList: ordered.slice(from, from + asked.PageSize) }
  },
})

export const deleteCustomTemplate = defineAction({
  parameters: actionParameters({ TemplateId }),
  useCase: DeleteTemplate,
  toCommand: (given, { subAppId }) => ({ subAppId, id: decodeTemplateId(given.TemplateId) }),
  execute: (remove, { subAppId, id }) => remove.execute(subAppId, id),
  toResponse: () => ({ Success: true }),
})

import { AppError } from '@libs/kernel'
import { ChangeTemplate, CreateTemplate, DeleteTemplate, DescribeTemplates, type NewTemplate } from '@libs/workflow'
import { z } from 'zod'
import { actionParameters, appIdOf, defineAction } from '../../aliyun-rpc/define-action'
import { findTemplate, listTemplates, type SnapshotTemplate } from '../../aliyun-rpc/snapshots/list-templates'
import { decodeTemplateId, type SnapshotTemplateName, templateIdOf } from '../../aliyun-rpc/snapshots/template-id'
import { parseStructured } from '../../aliyun-rpc/structured-text'
import { vendorTime } from '../../aliyun-rpc/vendor-time'
import { checkParameters } from '../../parameters/check-parameters'
import { string } from '../../parameters/fields'
import { decodeTemplateConfig, encodeTemplateConfig, templateConfig } from '../codecs/template-config.codec'

const dialect = 'aliyun-vod'
const longestNameBytes = 128

const Name = string(longestNameBytes).refine(
  (name) => Buffer.byteLength(name) <= longestNameBytes,
  `A name has at most ${longestNameBytes} bytes.`,
)
const VodTemplateId = string(64)
/** DynamicImage, watermarks and transcodings are not made here. */
const TemplateType = string(64).refine((type) => type === 'Snapshot', {
  message: 'Only Snapshot is supported.',
  params: { code: 'feature.unsupported' },
})
const written = string(16_384)

function decode(text: string, name: string): NewTemplate<'sampleSnapshot'> | NewTemplate<'imageSprite'> {
  const wrapped = { TemplateConfig: parseStructured(text, 'TemplateConfig') }
  const { TemplateConfig } = checkParameters(z.object({ TemplateConfig: templateConfig }), wrapped)
  return decodeTemplateConfig(TemplateConfig, { name, comment: '', written: { dialect, text } })
}

/** @returns the text just as it was given, where it was given in this vendor's words */
function configOf(template: SnapshotTemplate): string {
  return template.written?.dialect === dialect ? template.written.text : encodeTemplateConfig(template)
}

function encode(template: SnapshotTemplate): object {
  return {
    VodTemplateId: templateIdOf(template.template, template.definition),
    Name: template.name,
    TemplateType: 'Snapshot',
    TemplateConfig: configOf(template),
    IsDefault: 'NotDefault',
    CreationTime: vendorTime(template.createdAt),
    ModifyTime: vendorTime(template.updatedAt),
  }
}

export const addVodTemplate = defineAction({
  parameters: actionParameters({ Name, TemplateType, TemplateConfig: written }),
  useCase: CreateTemplate,
  toCommand: (given, { subAppId }) => ({ subAppId, template: decode(given.TemplateConfig, given.Name) }),
  execute: async (create, { subAppId, template }) =>
    templateIdOf(template.template, await create.execute<SnapshotTemplateName>(subAppId, template)),
  toResponse: (id) => ({ VodTemplateId: id }),
})

export const updateVodTemplate = defineAction({
  parameters: actionParameters({ VodTemplateId, Name: Name.optional(), TemplateConfig: written.optional() }),
  useCase: ChangeTemplate,
  toCommand: (given, { subAppId }) => ({ subAppId, id: decodeTemplateId(given.VodTemplateId), given }),
  async execute(change, { subAppId, id, given }) {
    await change.execute<SnapshotTemplateName>(subAppId, id, (current) => {
      const { Name: name = current.name, TemplateConfig: text } = given
      if (text === undefined) return { ...current, name }
      const changed = decode(text, name)
      if (changed.template === current.template) return changed
      const field = 'TemplateConfig.SnapshotType'
      throw new AppError('request.invalidValue', 'A template of pictures cannot become one of sprites.', { field })
    })
    return given.VodTemplateId
  },
  toResponse: (id) => ({ VodTemplateId: id }),
})

export const getVodTemplate = defineAction({
  parameters: actionParameters({ VodTemplateId }),
  useCase: DescribeTemplates,
  toCommand: (given, { subAppId }) => ({ subAppId, ...decodeTemplateId(given.VodTemplateId) }),
  execute: (describe, { subAppId, ...id }) => findTemplate(describe, subAppId, id, 'VodTemplateId'),
  toResponse: (template) => ({ VodTemplateInfo: encode(template) }),
})

export const listVodTemplate = defineAction({
  parameters: actionParameters({ TemplateType }),
  useCase: DescribeTemplates,
  toCommand: (_given, { subAppId }) => subAppId,
  execute: async (describe, subAppId) => ({ subAppId, templates: await listTemplates(describe, subAppId) }),
  toResponse: ({ subAppId, templates }) => ({
    VodTemplateInfoList: templates.map((template) => ({ ...encode(template), AppId: appIdOf(subAppId) })),
  }),
})

export const deleteVodTemplate = defineAction({
  parameters: actionParameters({ VodTemplateId }),
  useCase: DeleteTemplate,
  toCommand: (given, { subAppId }) => ({ subAppId, given, id: decodeTemplateId(given.VodTemplateId) }),
  async execute(remove, { subAppId, id, given }) {
    await remove.execute(subAppId, id)
    return given.VodTemplateId
  },
  toResponse: (id) => ({ VodTemplateId: id }),
})

import { AppError } from '@libs/kernel'
import { ProcessMedia, type RevisedTask, type TaskRequest } from '@libs/workflow'
import { z } from 'zod'
import { actionParameters, defineAction } from '../../aliyun-rpc/define-action'
import type { SnapshotTemplate } from '../../aliyun-rpc/snapshots/list-templates'
import { decodeTemplateId } from '../../aliyun-rpc/snapshots/template-id'
import { parseStructured } from '../../aliyun-rpc/structured-text'
import { checkParameters } from '../../parameters/check-parameters'
import { string } from '../../parameters/fields'
import { FormText } from '../../parameters/form-text'
import { decodeFileNames, formatOf } from '../codecs/file-names'
import { writeJob } from '../codecs/job.codec'
import { decodeInput, inputPlace, outputPlace, type OutputPlace, refuseOtherMedia } from '../codecs/place.codec'
import { decodeConfig, type SnapshotConfig, snapshotConfig } from '../codecs/snapshot-config.codec'
import { configTextOf, typeOf } from '../codecs/template.codec'
import { notifyAddressOf } from '../user-data'

const field = 'TemplateConfig.OverwriteParams'

/** Members of a config, as they came: they are checked when they are put over a template's. */
const members = z.preprocess(
  (value) => (value instanceof FormText ? parseStructured(value.text, field) : value),
  z.record(z.string(), z.unknown()),
)

const parameters = actionParameters({
  Name: string(256).optional(),
  Input: inputPlace,
  Output: outputPlace,
  TemplateConfig: z.strictObject({ TemplateId: string(64), OverwriteParams: members.optional() }),
  ScheduleConfig: z.strictObject({ PipelineId: string(64).optional() }).optional(),
  UserData: string(1024).default(''),
})

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof FormText)
}

/** Member by member, and those of sprites likewise. */
function overwritten(base: unknown, params: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const kept = isRecord(base) ? base : {}
  const merged = Object.entries(params).map(([name, value]): [string, unknown] => [
    name,
    isRecord(value) && isRecord(kept[name]) ? { ...kept[name], ...value } : value,
  ])
  return Object.fromEntries<unknown>([...Object.entries(kept), ...merged])
}

/** @throws AppError naming the member that is wrong */
function configOf(template: SnapshotTemplate, params: Readonly<Record<string, unknown>>): SnapshotConfig {
  const own = parseStructured(configTextOf(template), 'TemplateConfig')
  const config = overwritten(isRecord(own) ? { Type: typeOf(template), ...own } : own, params)
  const schema = z.object({ TemplateConfig: z.object({ OverwriteParams: snapshotConfig }) })
  return checkParameters(schema, { TemplateConfig: { OverwriteParams: config } }).TemplateConfig.OverwriteParams
}

/** The one task of a job. @throws AppError `request.invalidValue` for a name that does not fit what is made */
function taskOf(template: SnapshotTemplate, config: SnapshotConfig, output: OutputPlace): TaskRequest {
  const { bucket, pictures, vtt } = decodeFileNames(output, config)
  const decoded = decodeConfig(config, field)
  const place = bucket === undefined ? {} : { bucket }
  const definition = decoded.template === template.template ? template.definition : undefined
  if (decoded.template === 'sampleSnapshot') {
    const settings = { ...decoded.settings, format: formatOf(pictures) }
    return { kind: 'sampleSnapshot', definition, settings, request: { ...place, fileName: pictures } }
  }
  const settings = { ...decoded.settings, format: formatOf(pictures) }
  const names = settings.delivery === 'cells' ? { cellFileName: pictures } : { fileName: pictures }
  const request = { ...place, ...names, ...(vtt !== undefined && { vttFileName: vtt }) }
  return { kind: 'imageSprites', definition, settings, request }
}

/** A template of stills has no series to take. */
function revised(id: string, revise: (template: SnapshotTemplate) => TaskRequest): RevisedTask {
  const { template, definition } = decodeTemplateId(id)
  return template === 'sampleSnapshot' ? { template, definition, revise } : { template, definition, revise }
}

/** One job is a run of one task, whose settings are the template's with what the call puts over them. */
export const submitSnapshotJob = defineAction({
  parameters,
  structured: ['Input', 'Output', 'TemplateConfig', 'ScheduleConfig'],
  useCase: ProcessMedia,
  toCommand({ Input, Output, TemplateConfig, ScheduleConfig, Name, UserData }, { subAppId }) {
    const { TemplateId, OverwriteParams = {} } = TemplateConfig
    if (Output.Type === 'OSS' && Output.Media === undefined) {
      throw new AppError('request.missingParameter', 'This is required.', { field: 'Output.Media' })
    }
    const source = decodeInput(Input)
    if (Output.Type === 'Media') refuseOtherMedia(Output, 'mediaId' in source ? source.mediaId : undefined)
    const task = revised(TemplateId, (template) => taskOf(template, configOf(template, OverwriteParams), Output))
    return {
      subAppId,
      source,
      refusesUnreadable: true,
      work: { tasks: [task] },
      dialect: 'aliyun-ims',
      priority: 0,
      notifyMode: undefined,
      session: undefined,
      sessionContext: UserData,
      queue: ScheduleConfig?.PipelineId === '' ? undefined : ScheduleConfig?.PipelineId,
      callbackUrl: notifyAddressOf(UserData),
      written: writeJob({
        ...(Name !== undefined && { Name }),
        ...{ Input, Output, TemplateId },
      }),
    }
  },
  execute: (process, command) => process.execute(command),
  toResponse: ({ runId }) => ({ JobId: runId }),
})

import { AppError } from '@libs/kernel'
import type { ImageFormat } from '@libs/tasks'
import { ProcessMedia, type RevisedTask, type TaskRequest } from '@libs/workflow'
import { z } from 'zod'
import { actionParameters, defineAction } from '../../aliyun-rpc/define-action'
import type { SnapshotTemplate } from '../../aliyun-rpc/snapshots/list-templates'
import { decodeTemplateId } from '../../aliyun-rpc/snapshots/template-id'
import { parseStructured } from '../../aliyun-rpc/structured-text'
import { string } from '../../parameters/fields'
import { FormText } from '../../parameters/form-text'
import { decodeFileNames, formatOf } from '../codecs/file-names'
import { writeJob } from '../codecs/job.codec'
import { type JobSettings, jobSettingsOf } from '../codecs/job-settings'
import { decodeInput, inputPlace, outputPlace, type OutputPlace, refuseOtherMedia } from '../codecs/place.codec'
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

/** Pictures have the format that their name says, and else the template's. */
function formatIn(pictures: string, { format }: { readonly format: ImageFormat }): ImageFormat {
  return /\.[a-z]+$/.test(pictures) ? formatOf(pictures) : format
}

/** The one task of a job. @throws AppError `request.invalidValue` for a name that does not fit what is made */
function taskOf(template: SnapshotTemplate, { type, count, decoded }: JobSettings, output: OutputPlace): TaskRequest {
  const { bucket, pictures, vtt } = decodeFileNames(output, { Type: type, Count: count })
  const place = bucket === undefined ? {} : { bucket }
  const definition = decoded.template === template.template ? template.definition : undefined
  const format = formatIn(pictures, decoded.settings)
  if (decoded.template === 'sampleSnapshot') {
    const settings = { ...decoded.settings, format }
    return { kind: 'sampleSnapshot', definition, settings, request: { ...place, fileName: pictures } }
  }
  // Small pictures beside sheets would have no name of the caller's.
  const isNameless = bucket !== undefined && decoded.settings.delivery === 'both'
  const settings = { ...decoded.settings, format, ...(isNameless && { delivery: 'sheets' as const }) }
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
    const { TemplateId, OverwriteParams } = TemplateConfig
    if (Output.Type === 'OSS' && Output.Media === undefined) {
      throw new AppError('request.missingParameter', 'This is required.', { field: 'Output.Media' })
    }
    const source = decodeInput(Input)
    if (Output.Type === 'Media') refuseOtherMedia(Output, 'mediaId' in source ? source.mediaId : undefined)
    const task = revised(TemplateId, (template) =>
      taskOf(template, jobSettingsOf(template, OverwriteParams, field), Output),
    )
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

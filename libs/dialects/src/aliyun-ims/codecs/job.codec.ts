import type { Artifact, PictureKindName } from '@libs/tasks'
import type { RunReport, SucceededTask, Task } from '@libs/workflow'
import { z } from 'zod'
import { vendorFaultOf } from '../../aliyun-rpc/errors'
import { jobStatusOf } from '../../aliyun-rpc/snapshots/job-status'
import { templateIdOf } from '../../aliyun-rpc/snapshots/template-id'
import { vendorTime } from '../../aliyun-rpc/vendor-time'
import { spriteTypeOf } from './file-names'
import { presentPlace } from './place.codec'
import { encodeSamples, encodeSprites, type SnapshotType } from './snapshot-config.codec'

const place = z.object({ Type: z.enum(['OSS', 'Media']), Media: z.string() })

/** What a job was asked, kept with its run to be told again. */
const writtenJob = z.object({
  Name: z.string().optional(),
  Input: place,
  Output: place.partial({ Media: true }),
  TemplateId: z.string().optional(),
})

type WrittenJob = z.infer<typeof writtenJob>

export function writeJob(job: WrittenJob): string {
  return JSON.stringify(job)
}

/** Jobs that were asked for in other ways take a media, and keep their files with it. */
function wordsOf({ run, tasks: [task] }: RunReport<PictureKindName>): WrittenJob {
  if (run.dialect === 'aliyun-ims' && run.written !== undefined) return writtenJob.parse(JSON.parse(run.written))
  const kept = { Type: 'Media', Media: run.mediaId } as const
  const TemplateId = task && templateOf(task)
  return { Input: kept, Output: kept, ...(TemplateId !== undefined && { TemplateId }) }
}

function templateOf({ kind, definition }: Task<PictureKindName>): string | undefined {
  if (definition === undefined || kind === 'snapshotByTimeOffset' || kind === 'coverBySnapshot') return undefined
  return templateIdOf(kind === 'imageSprites' ? 'imageSprite' : kind, definition)
}

interface ToldTask {
  readonly type: SnapshotType
  readonly config: object
}

type Tellers = { readonly [Kind in PictureKindName]: (task: Task<Kind>) => ToldTask }

const single = { by: 'series', startMs: 0, count: 1 } as const

const tellers: Tellers = {
  sampleSnapshot: ({ settings }) => ({ type: 'Normal', config: encodeSamples(settings) }),
  imageSprites: ({ settings, request }) => {
    const type = spriteTypeOf(settings, request)
    return { type, config: encodeSprites(settings, type) }
  },
  // The vendor has no word for given times.
  snapshotByTimeOffset: ({ settings, request: { offsets } }) => ({
    type: 'Normal',
    config: encodeSamples({ ...settings, sampling: { ...single, count: offsets.length } }),
  }),
  coverBySnapshot: ({ settings }) => ({ type: 'Normal', config: encodeSamples({ ...settings, sampling: single }) }),
}

function tell<Kind extends PictureKindName>(task: Task<Kind>): ToldTask {
  const teller: (task: Task<Kind>) => ToldTask = tellers[task.kind]
  return teller(task)
}

/** The files of a job: pictures or sheets in order, and the WebVTT that leads through them. */
export interface JobFiles {
  readonly pictures: readonly Artifact[]
  readonly vtt: Artifact | undefined
}

type Listers = { readonly [Kind in PictureKindName]: (output: SucceededTask<Kind>['output']) => JobFiles }

const listers: Listers = {
  sampleSnapshot: ({ stills }) => ({ pictures: stills.map(({ artifact }) => artifact), vtt: undefined }),
  snapshotByTimeOffset: ({ stills }) => ({ pictures: stills.map(({ artifact }) => artifact), vtt: undefined }),
  coverBySnapshot: ({ cover }) => ({ pictures: [cover.artifact], vtt: undefined }),
  imageSprites: ({ sheets, cells = [], vtt }) => ({
    pictures: sheets.length > 0 ? sheets : cells.map(({ artifact }) => artifact),
    vtt,
  }),
}

function list<Kind extends PictureKindName>(task: Task<Kind>): readonly JobFiles[] {
  const lister: (output: SucceededTask<Kind>['output']) => JobFiles = listers[task.kind]
  return task.state === 'succeeded' && task.output !== undefined ? [lister(task.output)] : []
}

export function filesOf({ tasks }: RunReport<PictureKindName>): JobFiles {
  const files = tasks.flatMap(list)
  return { pictures: files.flatMap(({ pictures }) => pictures), vtt: files.find(({ vtt }) => vtt)?.vtt }
}

/** IMS, "GetSnapshotJob": a job that has not ended is `Init`. */
export function statusOf(report: RunReport<PictureKindName>): 'Init' | 'Success' | 'Fail' {
  const status = jobStatusOf(report)
  return status === 'Processing' ? 'Init' : status
}

/** A job as lists tell it. */
export function presentJob(report: RunReport<PictureKindName>, isWhole = false) {
  const { run, tasks } = report
  const { Input, Output, ...words } = wordsOf(report)
  const told = tasks[0] && tell(tasks[0])
  return {
    JobId: run.id,
    ...words,
    Status: statusOf(report),
    Type: told?.type,
    ...(run.queue !== undefined && { PipelineId: run.queue }),
    Async: true,
    Count: filesOf(report).pictures.length,
    Input: presentPlace(Input, isWhole),
    Output: presentPlace(Output, isWhole),
    TriggerSource: 'API',
    CreateTime: vendorTime(run.createdAt),
    SubmitTime: vendorTime(run.createdAt),
    ModifiedTime: vendorTime(run.finishedAt ?? run.startedAt ?? run.createdAt),
    ...(run.finishedAt && { FinishTime: vendorTime(run.finishedAt) }),
  }
}

/** A job with all that is known of it. */
export function presentWholeJob(report: RunReport<PictureKindName>): object {
  const { run, tasks } = report
  const faults = tasks.flatMap(({ fault }) => (fault === undefined ? [] : [vendorFaultOf(fault)]))
  const Message = faults.map(({ ErrorMessage }) => ErrorMessage).join('; ')
  return {
    ...presentJob(report, true),
    TemplateConfig: tasks[0] && JSON.stringify(tell(tasks[0]).config),
    ...(run.sessionContext !== '' && { UserData: run.sessionContext }),
    ...(faults[0] && { Code: faults[0].ErrorCode, Message }),
  }
}

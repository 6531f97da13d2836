import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { CheckedCaller } from './checked-caller'

const made = z.object({ Definition: z.int() })
const applied = z.object({ VodSessionKey: z.string(), UploadUrl: z.url(), CoverUploadUrl: z.url() })
const committed = z.object({ FileId: z.string(), CoverUrl: z.url() })
const started = z.object({ TaskId: z.string() })
const listed = z.object({ TotalCount: z.int() })
const described = z.object({
  MediaInfoSet: z.array(
    z.looseObject({
      BasicInfo: z.looseObject({ Name: z.string(), CoverUrl: z.url(), TagSet: z.array(z.string()) }),
      SnapshotByTimeOffsetInfo: z.looseObject({ SnapshotByTimeOffsetSet: z.array(z.unknown()).min(1) }),
      SampleSnapshotInfo: z.looseObject({ SampleSnapshotSet: z.array(z.unknown()).min(1) }),
      ImageSpriteInfo: z.looseObject({ ImageSpriteSet: z.array(z.unknown()).min(1) }),
      KeyFrameDescInfo: z.looseObject({ KeyFrameDescSet: z.array(z.unknown()).length(1) }),
    }),
  ),
  NotExistFileIdSet: z.array(z.string()),
})

/** What the life is lived with. */
export interface Surroundings {
  /** A name that no other life has. */
  readonly name: string
  /** A clip on this disk. */
  readonly clip: string
  /** The same clip on somebody's server. */
  readonly clipUrl: string
  /** A PNG in base64. */
  readonly picture: string
}

/** Everything that is made once and used afterwards. */
interface Templates {
  readonly snapshots: number
  readonly samples: number
  readonly sprites: number
  readonly watermark: number
}

/** From the first template to the last deletion. @throws Error where an answer is not what it has to be */
export async function liveWholeLife(caller: CheckedCaller, surroundings: Surroundings): Promise<void> {
  const { name } = surroundings
  await configureEvents(caller)
  const templates = await makeTemplates(caller, surroundings)
  const MediaProcessTask = workOf(templates)
  await caller.do('CreateProcedureTemplate', { Name: name, MediaProcessTask })
  await caller.do('ResetProcedureTemplate', { Name: name, Comment: 'again', MediaProcessTask })
  await caller.call('DescribeProcedureTemplates', { Names: [name] }, listed)
  const FileId = await upload(caller, surroundings)
  await process(caller, FileId, name, MediaProcessTask)
  await describeMedia(caller, FileId, surroundings)
  await pull(caller, surroundings)
  await caller.do('DeleteMedia', { FileId })
  await caller.event('FileDeleted', FileId)
  await removeTemplates(caller, templates, name)
}

async function configureEvents(caller: CheckedCaller): Promise<void> {
  await caller.do('ModifyEventConfig', {
    Mode: 'PULL',
    UploadMediaCompleteEventSwitch: 'ON',
    DeleteMediaCompleteEventSwitch: 'ON',
  })
  await caller.call('DescribeEventConfig', {}, z.object({ Mode: z.literal('PULL') }))
}

async function makeTemplates(caller: CheckedCaller, { name: Name, picture }: Surroundings): Promise<Templates> {
  const still = { Name, Width: 128, Height: 0, Format: 'jpg' }
  const { Definition: snapshots } = await caller.call('CreateSnapshotByTimeOffsetTemplate', still, made)
  const sample = { ...still, SampleType: 'Percent', SampleInterval: 50 }
  const { Definition: samples } = await caller.call('CreateSampleSnapshotTemplate', sample, made)
  const sheet = { Name, Width: 128, Height: 72, RowCount: 2, ColumnCount: 2, SampleType: 'Time', SampleInterval: 1 }
  const { Definition: sprites } = await caller.call('CreateImageSpriteTemplate', sheet, made)
  const image = { Type: 'image', Name, ImageTemplate: { ImageContent: picture, Width: '20%' } }
  const { Definition: watermark } = await caller.call('CreateWatermarkTemplate', image, made)
  const templates = { snapshots, samples, sprites, watermark }
  for (const [kind, definition] of kindsOf(templates)) {
    await caller.do(`Modify${kind}Template`, { Definition: definition, Comment: 'changed' })
    await caller.call(`Describe${kind}Templates`, { Definitions: [definition] }, z.object({ TotalCount: z.literal(1) }))
  }
  return templates
}

function kindsOf({ snapshots, samples, sprites, watermark }: Templates) {
  return [
    ['SnapshotByTimeOffset', snapshots],
    ['SampleSnapshot', samples],
    ['ImageSprite', sprites],
    ['Watermark', watermark],
  ] as const
}

function workOf({ snapshots, samples, sprites, watermark }: Templates) {
  const WatermarkSet = [{ Definition: watermark }]
  return {
    SnapshotByTimeOffsetTaskSet: [{ Definition: snapshots, ExtTimeOffsetSet: ['1s', '50%'], WatermarkSet }],
    SampleSnapshotTaskSet: [{ Definition: samples, WatermarkSet }],
    ImageSpriteTaskSet: [{ Definition: sprites }],
    CoverBySnapshotTaskSet: [{ Definition: snapshots, PositionType: 'Time', PositionValue: 1.5, WatermarkSet }],
  }
}

async function upload(caller: CheckedCaller, { name, clip, picture }: Surroundings): Promise<string> {
  const parameters = {
    MediaType: 'mp4',
    MediaName: name,
    Procedure: name,
    SourceContext: `from ${name}`,
    CoverType: 'png',
  }
  const { VodSessionKey, UploadUrl, CoverUploadUrl } = await caller.call('ApplyUpload', parameters, applied)
  const put = await fetch(UploadUrl, { method: 'PUT', body: await readFile(clip) })
  const putCover = await fetch(CoverUploadUrl, { method: 'PUT', body: Buffer.from(picture, 'base64') })
  expect([put.status, putCover.status]).toEqual([200, 200])
  const { FileId } = await caller.call('CommitUpload', { VodSessionKey }, committed)
  const told = await caller.event('NewFileUpload', FileId)
  const { ProcedureTaskId } = z.object({ ProcedureTaskId: z.string().min(1) }).parse(told['FileUploadEvent'])
  await caller.event('ProcedureStateChanged', ProcedureTaskId)
  return FileId
}

async function process(caller: CheckedCaller, FileId: string, name: string, MediaProcessTask: object): Promise<void> {
  const order = { FileId, MediaProcessTask, SessionContext: 'context', SessionId: name }
  const { TaskId } = await caller.call('ProcessMedia', order, started)
  await caller.event('ProcedureStateChanged', TaskId)
  const finished = z.object({ Status: z.literal('FINISH'), TaskType: z.literal('Procedure') })
  await caller.call('DescribeTaskDetail', { TaskId }, finished)
  await caller.call(
    'DescribeTasks',
    { FileId, Status: 'FINISH', Limit: 1 },
    z.object({ ScrollToken: z.string().min(1) }),
  )
  const byProcedure = await caller.call('ProcessMediaByProcedure', { FileId, ProcedureName: name }, started)
  await caller.event('ProcedureStateChanged', byProcedure.TaskId)
  const abort = caller.do('ManageTask', { TaskId, OperationType: 'Abort' })
  await expect(abort).rejects.toMatchObject({ code: 'FailedOperation' })
}

async function describeMedia(caller: CheckedCaller, FileId: string, { name, picture }: Surroundings): Promise<void> {
  const marks = [{ TimeOffset: 1.5, Content: 'a mark' }]
  const change = { FileId, Name: `${name}!`, Description: 'changed', AddTags: ['tag'], AddKeyFrameDescs: marks }
  await caller.call('ModifyMediaInfo', { ...change, CoverData: picture }, z.object({ CoverUrl: z.url() }))
  const { MediaInfoSet, NotExistFileIdSet } = await caller.call(
    'DescribeMediaInfos',
    { FileIds: [FileId, '1'] },
    described,
  )
  expect(NotExistFileIdSet).toEqual(['1'])
  expect(MediaInfoSet.map(({ BasicInfo }) => BasicInfo)).toMatchObject([{ Name: `${name}!`, TagSet: ['tag'] }])
  await caller.call('SearchMedia', { FileIds: [FileId] }, z.object({ TotalCount: z.literal(1) }))
}

async function pull(caller: CheckedCaller, { name, clipUrl }: Surroundings): Promise<void> {
  const { TaskId } = await caller.call('PullUpload', { MediaUrl: clipUrl, Procedure: name, SessionId: name }, started)
  const told = await caller.event('PullComplete', TaskId)
  const { ProcedureTaskId } = z.object({ ProcedureTaskId: z.string().min(1) }).parse(told['PullCompleteEvent'])
  await caller.event('ProcedureStateChanged', ProcedureTaskId)
  await caller.call('DescribeTaskDetail', { TaskId }, z.object({ TaskType: z.literal('PullUpload') }))
}

async function removeTemplates(caller: CheckedCaller, templates: Templates, Name: string): Promise<void> {
  await caller.do('DeleteProcedureTemplate', { Name })
  for (const [kind, Definition] of kindsOf(templates)) await caller.do(`Delete${kind}Template`, { Definition })
}

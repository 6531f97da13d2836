import { z } from 'zod'

const resultOf = <Output extends z.ZodType>(output: Output) =>
  z.object({
    Status: z.enum(['PROCESSING', 'SUCCESS', 'FAIL']),
    ErrCode: z.int(),
    ErrCodeExt: z.string(),
    Message: z.string(),
    Progress: z.int(),
    Input: z.looseObject({ Definition: z.int() }),
    Output: output.optional(),
  })

const snapshots = z.object({
  Definition: z.int(),
  PicInfoSet: z.array(z.object({ TimeOffset: z.number(), Url: z.url(), WaterMarkDefinition: z.array(z.int()) })),
})
const samples = z.object({
  Definition: z.int(),
  SampleType: z.string(),
  Interval: z.int(),
  ImageUrlSet: z.array(z.url()),
})
const sprites = z.object({
  Definition: z.int(),
  Height: z.int(),
  Width: z.int(),
  TotalCount: z.int(),
  ImageUrlSet: z.array(z.url()),
  WebVttUrl: z.url(),
})
const cover = z.object({ CoverUrl: z.url() })

const taskResult = z.discriminatedUnion('Type', [
  z.object({ Type: z.literal('SnapshotByTimeOffset'), SnapshotByTimeOffsetTask: resultOf(snapshots) }),
  z.object({ Type: z.literal('SampleSnapshot'), SampleSnapshotTask: resultOf(samples) }),
  z.object({ Type: z.literal('ImageSprites'), ImageSpriteTask: resultOf(sprites) }),
  z.object({ Type: z.literal('CoverBySnapshot'), CoverBySnapshotTask: resultOf(cover) }),
])

/** What clients read of a ProcedureTask. */
export const procedureTask = z.object({
  TaskId: z.string(),
  Status: z.enum(['PROCESSING', 'FINISH']),
  FileId: z.string(),
  MetaData: z.object({ Duration: z.number() }).optional(),
  MediaProcessResultSet: z.array(taskResult),
  TasksPriority: z.int(),
  TasksNotifyMode: z.string(),
  SessionContext: z.string(),
  SessionId: z.string(),
})
const taskEvent = z.object({
  EventType: z.literal('ProcedureStateChanged'),
  ProcedureStateChangeEvent: procedureTask,
})

export type ProcedureTask = z.infer<typeof procedureTask>

/** @throws when the body of a delivery is no ProcedureStateChanged event of the vendor's shape */
export function parseTaskEvent(body: string): ProcedureTask {
  return taskEvent.parse(JSON.parse(body)).ProcedureStateChangeEvent
}

/** The four results of a run that has one task of each kind. */
export function fourResultsOf({ MediaProcessResultSet: results }: Pick<ProcedureTask, 'MediaProcessResultSet'>) {
  const [first, second, third, fourth] = results
  if (
    results.length === 4 &&
    first?.Type === 'SnapshotByTimeOffset' &&
    second?.Type === 'SampleSnapshot' &&
    third?.Type === 'ImageSprites' &&
    fourth?.Type === 'CoverBySnapshot'
  ) {
    return {
      snapshots: first.SnapshotByTimeOffsetTask,
      samples: second.SampleSnapshotTask,
      sprites: third.ImageSpriteTask,
      cover: fourth.CoverBySnapshotTask,
    }
  }
  throw new Error(`The results are ${results.map(({ Type }) => Type).join(', ')}.`)
}

/** The results whatever their kind, in order. */
export function resultsOf({ MediaProcessResultSet: results }: Pick<ProcedureTask, 'MediaProcessResultSet'>) {
  return results.map((result) => {
    switch (result.Type) {
      case 'SnapshotByTimeOffset':
        return result.SnapshotByTimeOffsetTask
      case 'SampleSnapshot':
        return result.SampleSnapshotTask
      case 'ImageSprites':
        return result.ImageSpriteTask
      case 'CoverBySnapshot':
        return result.CoverBySnapshotTask
    }
  })
}

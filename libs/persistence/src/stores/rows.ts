import type { ErrorCode, Fault, MediaId, RunId, SubAppId, TaskId } from '@libs/kernel'
import { isErrorCode } from '@libs/kernel'
import { type FrameCount, mediaInfo } from '@libs/tasks'
import { type Media, type Run, type Task, taskFrom } from '@libs/workflow'
import { z } from 'zod'
import type { MediaEntity } from '../entities/media.entity'
import type { RunEntity } from '../entities/run.entity'
import type { TaskEntity } from '../entities/task.entity'

const faultDocument = z.object({
  code: z.custom<ErrorCode>((code) => typeof code === 'string' && isErrorCode(code)),
  detail: z.string(),
})

const mediaMarks = z.array(z.object({ atMs: z.number(), text: z.string() }))

function parseFault(document: unknown): Fault | undefined {
  return document === null ? undefined : faultDocument.parse(document)
}

/** Rows become domain objects here, at the room's door: ids get their brands, JSON its schemas, null its absence. */
export function toMedia(row: MediaEntity): Media {
  return {
    id: row.id as MediaId,
    subAppId: row.subAppId as SubAppId,
    name: row.name,
    description: row.description,
    extension: row.extension,
    sourceKey: row.sourceKey,
    sourceUrl: row.sourceUrl ?? undefined,
    sourceContext: row.sourceContext,
    ...(row.reference !== null && { reference: row.reference }),
    state: row.state,
    info: row.info === null ? undefined : mediaInfo.parse(row.info),
    fault: parseFault(row.fault),
    coverKey: row.coverKey ?? undefined,
    tags: row.tags,
    marks: mediaMarks.parse(row.marks),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    expiresAt: row.expiresAt ?? undefined,
  }
}

export function toRun(row: RunEntity): Run {
  return {
    id: row.id as RunId,
    subAppId: row.subAppId as SubAppId,
    type: row.type,
    mediaId: row.mediaId as MediaId,
    dialect: row.dialect,
    procedureName: row.procedureName ?? undefined,
    nextRunId: (row.nextRunId ?? undefined) as RunId | undefined,
    state: row.state,
    notifyMode: row.notifyMode ?? undefined,
    priority: row.priority,
    queue: row.queue ?? undefined,
    callbackUrl: row.callbackUrl ?? undefined,
    sessionContext: row.sessionContext,
    userData: row.userData ?? undefined,
    ...(row.written !== null && { written: row.written }),
    requestId: row.requestId ?? undefined,
    traceparent: row.traceparent ?? undefined,
    sessionId: row.sessionId,
    createdAt: row.createdAt,
    startedAt: row.startedAt ?? undefined,
    finishedAt: row.finishedAt ?? undefined,
  }
}

export function toFrameCount({
  framesDone,
  frames,
}: Pick<TaskEntity, 'framesDone' | 'frames'>): FrameCount | undefined {
  return framesDone === null || frames === null ? undefined : { framesDone, frames }
}

export function toTask(row: TaskEntity): Task {
  const facts = {
    id: row.id as TaskId,
    runId: row.runId as RunId,
    index: row.index,
    definition: row.definition ?? undefined,
    state: row.state,
    generation: row.generation,
    tries: row.tries,
    progressPercent: row.progressPercent,
    frameCount: toFrameCount(row),
    fault: parseFault(row.fault),
    startedAt: row.startedAt ?? undefined,
    finishedAt: row.finishedAt ?? undefined,
  }
  return taskFrom(row.kind, facts, row)
}

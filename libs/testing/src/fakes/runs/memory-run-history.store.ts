import type { MediaId, RunId, SubAppId, TaskId } from '@libs/kernel'
import type { PictureKindName } from '@libs/tasks'
import {
  type BroughtFiles,
  type MadePictures,
  type Run,
  RunHistoryStore,
  type RunQuery,
  type RunSight,
  type RunTask,
  type SucceededTask,
  type Task,
  type TaskQuery,
  type TimeSpan,
} from '@libs/workflow'
import type { MemoryTables } from '../memory-tables'

function isWithin(at: Date | undefined, { after, before }: TimeSpan = {}): boolean {
  if (after === undefined && before === undefined) return true
  return at !== undefined && (after === undefined || at >= after) && (before === undefined || at < before)
}

function isPictureTask(task: Task): task is Task<PictureKindName> {
  return task.kind !== 'ingest'
}

function hasMadePictures(task: Task): task is SucceededTask<PictureKindName> {
  return task.kind !== 'ingest' && task.state === 'succeeded' && task.output !== undefined
}

function hasFiles(brought: unknown): boolean {
  return Array.isArray(brought) ? brought.length > 0 : brought !== undefined
}

/** The later of two has the greater. */
function rankOf(at: Date | undefined, id: string): string {
  return `${at?.toISOString() ?? ''} ${id}`
}

export class MemoryRunHistoryStore extends RunHistoryStore {
  constructor(private readonly tables: MemoryTables) {
    super()
  }

  override async findPull(subAppId: SubAppId, runId: RunId): Promise<Run | undefined> {
    const run = this.tables.runs.get(runId)
    return run?.subAppId === subAppId && run.type === 'pull' ? run : undefined
  }

  override async list(subAppId: SubAppId, query: RunQuery): Promise<readonly Run[]> {
    const { id, type, outcome, mediaId, states, createdAt, finishedAt, by, order, from, limit } = query
    const found = [...this.tables.runs.values()].filter(
      (run) =>
        run.subAppId === subAppId &&
        run.type !== 'ingest' &&
        run[by] !== undefined &&
        (id === undefined || run.id === id) &&
        (type === undefined || run.type === type) &&
        (outcome === undefined || this.outcomeOf(run) === outcome) &&
        (mediaId === undefined || run.mediaId === mediaId) &&
        (states?.includes(run.state) ?? true) &&
        isWithin(run.createdAt, createdAt) &&
        isWithin(run.finishedAt, finishedAt),
    )
    const rank = (run: Run) => rankOf(run[by], run.id)
    const upward = found.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))
    const sorted = order === 'ascending' ? upward : upward.toReversed()
    const start = from === undefined ? '' : rankOf(from.at, from.id)
    const isBehind = (run: Run) => from === undefined || (order === 'ascending' ? rank(run) > start : rank(run) < start)
    return sorted.filter(isBehind).slice(0, limit)
  }

  private outcomeOf({ id, finishedAt }: Run): 'succeeded' | 'failed' | undefined {
    if (finishedAt === undefined) return undefined
    const tasks = [...this.tables.tasks.values()].filter(({ task }) => task.runId === id)
    return tasks.every(({ task }) => task.state === 'succeeded') ? 'succeeded' : 'failed'
  }

  override async findTask(subAppId: SubAppId, taskId: TaskId): Promise<RunTask | undefined> {
    return this.tasksIn(subAppId).find(({ task }) => task.id === taskId)
  }

  override async listTasks(subAppId: SubAppId, query: TaskQuery): Promise<readonly RunTask[]> {
    const { runId, mediaId, kind, state, createdAt, order, from, limit } = query
    const place = (at: Date, id: RunId, index: number) => `${rankOf(at, id)} ${String(index).padStart(5, '0')}`
    const rank = ({ run, task }: RunTask) => place(run.createdAt, run.id, task.index)
    const found = this.tasksIn(subAppId).filter(
      ({ run, task }) =>
        (runId === undefined || run.id === runId) &&
        (mediaId === undefined || run.mediaId === mediaId) &&
        (kind === undefined || task.kind === kind) &&
        (state === undefined || task.state === state) &&
        isWithin(run.createdAt, createdAt),
    )
    const upward = found.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))
    const start = from && place(from.at, from.runId, from.index)
    const isUpward = order === 'ascending'
    const sorted = isUpward ? upward : upward.toReversed()
    const isBehind = (each: RunTask) => start === undefined || (isUpward ? rank(each) > start : rank(each) < start)
    return sorted.filter(isBehind).slice(0, limit)
  }

  private tasksIn(subAppId: SubAppId): readonly RunTask[] {
    return [...this.tables.tasks.values()].flatMap(({ task }) => {
      const run = this.tables.runs.get(task.runId)
      return run?.subAppId === subAppId && run.type === 'process' && isPictureTask(task) ? [{ run, task }] : []
    })
  }

  override async latestOf(mediaIds: readonly MediaId[]): Promise<readonly MadePictures[]> {
    const latest = new Map<string, MadePictures>()
    for (const { task } of this.tables.tasks.values()) {
      const mediaId = this.tables.runs.get(task.runId)?.mediaId
      if (mediaId === undefined || !mediaIds.includes(mediaId) || !hasMadePictures(task)) continue
      const key = JSON.stringify([mediaId, task.kind, task.definition])
      const earlier = latest.get(key)?.task
      const isLater = earlier && rankOf(earlier.finishedAt, earlier.id) > rankOf(task.finishedAt, task.id)
      if (isLater !== true) latest.set(key, { mediaId, task })
    }
    return [...latest.values()].toSorted((a, b) => (a.task.definition ?? 0) - (b.task.definition ?? 0))
  }

  override async latestWith(mediaId: MediaId, brought: BroughtFiles) {
    const made = [...this.tables.tasks.values()].flatMap(({ task }) =>
      this.tables.runs.get(task.runId)?.mediaId === mediaId && hasMadePictures(task) ? [task] : [],
    )
    return made
      .filter(({ output }) => hasFiles(Reflect.get(output, brought)))
      .toSorted((a, b) => (rankOf(a.finishedAt, a.id) < rankOf(b.finishedAt, b.id) ? 1 : -1))[0]
  }

  override async sightsOf(runIds: readonly RunId[]): Promise<readonly RunSight[]> {
    return runIds.flatMap((runId) => {
      const run = this.tables.runs.get(runId)
      if (run?.type !== 'process') return []
      const tasks = [...this.tables.tasks.values()].map(({ task }) => task).filter((task) => task.runId === runId)
      const inOrder = tasks.toSorted((a, b) => a.index - b.index)
      const seen = inOrder.map(({ state, progressPercent, frameCount }) => ({ state, progressPercent, frameCount }))
      return [{ runId, state: run.state, tasks: seen }]
    })
  }

  override async idsOfMedia(mediaId: MediaId): Promise<readonly RunId[]> {
    return [...this.tables.runs.values()].filter((run) => run.mediaId === mediaId).map(({ id }) => id)
  }
}

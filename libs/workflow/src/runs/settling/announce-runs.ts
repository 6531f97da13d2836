import type { RunId, TaskId } from '@libs/kernel'
import type { KindName } from '@libs/tasks'
import type { EventConfig } from '../../events/event'
import { type Announcement, storeEvents } from '../../events/store-events'
import type { Media } from '../../media/media'
import type { EventRenderer } from '../../ports/event-renderer.port'
import type { Stores } from '../../ports/stores/unit-of-work.port'
import type { Run, RunReport, Task } from '../run'

/** A task that has ended, with what it was about. */
export interface EndedTask {
  readonly task: Task
  readonly run: Run
  readonly media: Media
}

interface Change {
  readonly runId: RunId
  readonly media: Media
  /** Unique among the events of a run. */
  readonly stateKey: string
  /** Tasks of the run that the same batch ended after this change: as this event tells it, they are still at work. */
  readonly endedLater: ReadonlySet<TaskId>
}

const finish = 'finish'

/**
 * Which changes of runs that make pictures a batch of ended tasks calls for telling: a run that has ended is told of once,
 * with its last task; the others only where every change is wanted.
 */
export function changesOf(ended: readonly EndedTask[], finished: ReadonlySet<RunId>): readonly Change[] {
  return ended.flatMap(({ task, run, media }, index) => {
    if (run.type !== 'process' || run.notifyMode === 'none') return []
    const later = ended.slice(index + 1).filter((other) => other.run.id === run.id)
    const change = { runId: run.id, media, endedLater: new Set(later.map((other) => other.task.id)) }
    if (later.length === 0 && finished.has(run.id)) return [{ ...change, stateKey: finish }]
    return run.notifyMode === 'change' ? [{ ...change, stateKey: task.id }] : []
  })
}

/**
 * Media that a batch of ended ingests has made ready or given up, as far as their callers are to be told.
 * @param ended with the media as they are now
 */
export function mediaOf(ended: readonly EndedTask[]): readonly Announcement[] {
  return ended.flatMap(({ run, media }) => {
    if (run.type === 'process' || run.notifyMode === 'none') return []
    const { subAppId, dialect } = run
    const type = run.type === 'pull' ? 'mediaPulled' : 'mediaUploaded'
    return [{ event: { type, run, media }, subAppId, dialect, subjectId: media.id, stateKey: finish }]
  })
}

/**
 * Stores the events of ended tasks in the transaction that ended them.
 * @returns the ways that the events go
 */
export async function announce(
  stores: Stores,
  renderer: EventRenderer,
  { changes, media }: { readonly changes: readonly Change[]; readonly media: readonly Announcement[] },
  at: Date,
): Promise<ReadonlySet<EventConfig['mode']>> {
  const runIds = [...new Set(changes.map(({ runId }) => runId))]
  const reports = runIds.length === 0 ? [] : await stores.runs.reportsOf(runIds)
  const reportOf = new Map(reports.map((report) => [report.run.id, report]))
  const told = changes.flatMap(({ runId, media: about, stateKey, endedLater }) => {
    const report = reportOf.get(runId)
    if (report === undefined) return []
    const { subAppId, dialect, callbackUrl } = report.run
    const then = stateKey === finish ? report : asItWas(report, endedLater)
    const event = { type: 'procedureStateChanged', report: then, media: about } as const
    return [{ event, subAppId, dialect, subjectId: runId, stateKey, callbackUrl }]
  })
  return storeEvents(stores, renderer, [...media, ...told], at)
}

/** A change that was settled together with later ones still came before them. */
function asItWas<Name extends KindName>(
  { run, tasks }: RunReport<Name>,
  endedLater: ReadonlySet<TaskId>,
): RunReport<Name> {
  return {
    run: { ...run, state: 'processing', finishedAt: undefined },
    tasks: tasks.map((task) => (endedLater.has(task.id) ? stillAtWork(task) : task)),
  }
}

function stillAtWork<Name extends KindName>(task: Task<Name>): Task<Name> {
  return { ...task, state: 'dispatched', fault: undefined, output: undefined, finishedAt: undefined }
}

import { newEventId, type RunId } from '@libs/kernel'
import { defaultEventConfig, type EventConfig } from '../../events/event'
import type { Media } from '../../media/media'
import type { EventRenderer } from '../../ports/event-renderer.port'
import type { Stores } from '../../ports/stores/unit-of-work.port'
import type { Run, Task } from '../run'

/** A task that has ended, with what it was about. */
export interface EndedTask {
  readonly task: Task
  readonly run: Run
  readonly media: Media
}

interface Announcement {
  readonly runId: RunId
  readonly media: Media
  /** Unique among the events of a run. */
  readonly stateKey: string
}

const finish = 'finish'

/**
 * Which announcements a batch of ended tasks calls for: a run that has ended is announced once, with its last task;
 * the others only where every change is wanted.
 */
export function toAnnounce(ended: readonly EndedTask[], finished: ReadonlySet<RunId>): readonly Announcement[] {
  return ended.flatMap(({ task, run, media }, index) => {
    if (run.type === 'ingest' || run.notifyMode === 'none') return []
    const isLastOfRun = ended.findLastIndex((other) => other.run.id === run.id) === index
    if (isLastOfRun && finished.has(run.id)) return [{ runId: run.id, media, stateKey: finish }]
    return run.notifyMode === 'change' ? [{ runId: run.id, media, stateKey: task.id }] : []
  })
}

/**
 * Stores the events of ended tasks, their bytes frozen, in the transaction that ended them.
 * @returns the ways that the events go
 */
export async function announceRuns(
  stores: Stores,
  renderer: EventRenderer,
  announcements: readonly Announcement[],
  at: Date,
): Promise<ReadonlySet<EventConfig['mode']>> {
  if (announcements.length === 0) return new Set()
  const runIds = [...new Set(announcements.map(({ runId }) => runId))]
  const reports = new Map((await stores.runs.reportsOf(runIds)).map((report) => [report.run.id, report]))
  const subAppIds = [...new Set([...reports.values()].map(({ run }) => run.subAppId))]
  const configs = await stores.events.findConfigs(subAppIds)
  const entries = announcements.flatMap(({ runId, media, stateKey }) => {
    const report = reports.get(runId)
    if (report === undefined) return []
    const { id, subAppId, dialect } = report.run
    const announced = stateKey === finish ? report : { ...report, run: stillProcessing(report.run) }
    const body = renderer.render(dialect, { type: 'procedureStateChanged', report: announced, media })
    const event = { id: newEventId(at.getTime()), subAppId, runId: id, stateKey, body, createdAt: at }
    return [{ event, config: configs.get(subAppId) ?? defaultEventConfig }]
  })
  await stores.events.insert(entries)
  return new Set(entries.map(({ config }) => config.mode))
}

/** A change that was settled together with the run's end still came before it. */
function stillProcessing(run: Run): Run {
  return { ...run, state: 'processing', finishedAt: undefined }
}

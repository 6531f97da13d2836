import type { RunId, SubAppId } from '@libs/kernel'
import type { PictureKindName } from '@libs/tasks'
import type { RunSight } from '../../ports/stores/run-history.store.port'
import type { SubAppStores, SubAppWork } from '../../ports/stores/unit-of-work.port'
import type { DescribeRun } from '../describe-run'
import type { RunReport } from '../run'
import { runTransitions } from '../states/run-state'
import { isFinal } from '../states/transitions'
import { advance, hasChanged, needsRereading } from './advance-report'

type Report = RunReport<PictureKindName>

/** Told how a run is; undefined: that is all there will be, for the run is gone or this process is about to end. */
export type RunWatcher = (report: Report | undefined) => void

interface Watched {
  readonly subAppId: SubAppId
  report: Report
  readonly watchers: Set<RunWatcher>
}

/** What callers of one process watch is looked for together, by one connection at a time and none in between. */
export class WatchRuns {
  private readonly watched = new Map<RunId, Watched>()
  private timer: NodeJS.Timeout | undefined
  private isLooking = false
  private hasStopped = false

  constructor(
    private readonly work: SubAppWork,
    private readonly describeRun: DescribeRun,
    private readonly lookEveryMs = 500,
  ) {}

  /**
   * Tells how a run is, before this returns and then whenever that has changed, until it has ended. Nobody is told every
   * step: of what changes between two looks the last counts.
   * @returns a function that ends it before
   * @throws AppError `run.notFound`
   */
  async execute(subAppId: SubAppId, runId: RunId, watcher: RunWatcher): Promise<() => void> {
    const { report } = await this.describeRun.execute(subAppId, runId)
    // What others are told already is not newer than the next look, and all go on from there.
    const watched = this.watched.get(runId) ?? { subAppId, report, watchers: new Set() }
    watched.watchers.add(watcher)
    watcher(watched.report)
    if (this.hasStopped) watcher(undefined)
    else if (!hasEnded(watched.report)) this.watch(runId, watched)
    return () => this.leave(runId, watched, watcher)
  }

  /** Tells every watcher that this is all; whoever comes later is told how the run is, and no more. */
  stop(): void {
    this.hasStopped = true
    clearTimeout(this.timer)
    for (const { watchers } of this.watched.values()) for (const watcher of watchers) watcher(undefined)
    this.watched.clear()
  }

  private watch(runId: RunId, watched: Watched): void {
    this.watched.set(runId, watched)
    if (this.timer === undefined && !this.isLooking) this.lookSoon()
  }

  private leave(runId: RunId, watched: Watched, watcher: RunWatcher): void {
    watched.watchers.delete(watcher)
    if (watched.watchers.size === 0 && this.watched.get(runId) === watched) this.watched.delete(runId)
  }

  private lookSoon(): void {
    this.timer = setTimeout(() => {
      this.timer = undefined
      void this.look()
    }, this.lookEveryMs)
    this.timer.unref()
  }

  private async look(): Promise<void> {
    this.isLooking = true
    const subAppIds = new Set([...this.watched.values()].map(({ subAppId }) => subAppId))
    for (const subAppId of subAppIds) {
      const own = [...this.watched].filter(([, watched]) => watched.subAppId === subAppId)
      // A database that is away is asked again at the next look.
      const seen = await this.work.run(subAppId, (stores) => lookAt(stores, own)).catch(() => undefined)
      if (seen !== undefined) for (const [runId, watched] of own) this.tell(runId, watched, seen.get(runId))
    }
    this.isLooking = false
    if (this.watched.size > 0) this.lookSoon()
  }

  private tell(runId: RunId, watched: Watched, report: Report | undefined): void {
    const isOver = report === undefined || hasEnded(report)
    if (isOver && this.watched.get(runId) === watched) this.watched.delete(runId)
    if (report === watched.report) return
    if (report !== undefined) watched.report = report
    for (const watcher of watched.watchers) watcher(report)
  }
}

function hasEnded({ run }: Report): boolean {
  return isFinal(runTransitions, run.state)
}

/** @returns of each run that is there what is known now, and the very report of before where that is the same */
async function lookAt(
  stores: SubAppStores,
  watched: readonly (readonly [RunId, Watched])[],
): Promise<ReadonlyMap<RunId, Report>> {
  const sights = await stores.history.sightsOf(watched.map(([runId]) => runId))
  const sightOf = new Map<RunId, RunSight>(sights.map((sight) => [sight.runId, sight]))
  const reports = new Map<RunId, Report>()
  for (const [runId, { report }] of watched) {
    const sight = sightOf.get(runId)
    if (sight !== undefined) reports.set(runId, hasChanged(report, sight) ? advance(report, sight) : report)
  }
  const grown = watched.filter(([runId, { report }]) => needsRereading(report, sightOf.get(runId)))
  if (grown.length === 0) return reports
  for (const report of await stores.runs.reportsOf(grown.map(([runId]) => runId))) reports.set(report.run.id, report)
  return reports
}

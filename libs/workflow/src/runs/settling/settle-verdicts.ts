import type { EventConfig } from '../../events/event'
import type { Media } from '../../media/media'
import type { Doorbell } from '../../ports/doorbell.port'
import type { EventRenderer } from '../../ports/event-renderer.port'
import type { Cover } from '../../ports/stores/media.store.port'
import type { DueTask } from '../../ports/stores/run.store.port'
import type { Stores } from '../../ports/stores/unit-of-work.port'
import type { Run, SucceededTask } from '../run'
import { announce, changesOf, type EndedTask, mediaOf } from './announce-runs'
import type { Verdict } from './judge-outcome'

type VerdictOf<Status extends Verdict['status']> = Extract<Verdict, { status: Status }>

function only<Status extends Verdict['status']>(verdicts: readonly Verdict[], status: Status) {
  return verdicts.filter((verdict): verdict is VerdictOf<Status> => verdict.status === status)
}

/** What was settled in one transaction. */
export interface Settled {
  readonly verdicts: readonly Verdict[]
  /** The runs that ended with it, as they were before. */
  readonly ended: readonly Run[]
  readonly at: Date
  /** The ways that the events go. */
  readonly ways: ReadonlySet<EventConfig['mode']>
}

/** Hears of what was settled once it is committed; it neither waits nor throws. */
export type OnSettled = (settled: Settled) => void

/**
 * The only way in which tasks and runs end: carries out verdicts on locked tasks, with all that follows from them, in
 * the transaction of `stores`.
 */
export async function settleVerdicts(
  stores: Stores,
  renderer: EventRenderer,
  locked: readonly DueTask[],
  verdicts: readonly Verdict[],
  at: Date,
): Promise<Settled> {
  const succeeded = only(verdicts, 'succeeded').map(({ task }) => task)
  const failed = only(verdicts, 'failed')
  await stores.runs.succeedTasks(succeeded, at)
  await stores.runs.failTasks(failed, at)
  await stores.runs.postponeTasks(only(verdicts, 'postponed'))
  const endedIds = new Set([...succeeded, ...failed.map(({ task }) => task)].map(({ id }) => id))
  const ended = locked.filter(({ task }) => endedIds.has(task.id))
  const ingested = await settleIngests(stores, ended, verdicts, at)
  await stores.media.setCovers(coversOf(ended, succeeded))
  const finished = await stores.runs.finishEnded([...new Set(ended.map(({ run }) => run.id))], at)
  const ways = await announce(stores, renderer, { changes: changesOf(ended, finished), media: mediaOf(ingested) }, at)
  const runs = new Map(ended.map(({ run }) => [run.id, run]))
  return { verdicts, ended: [...runs.values()].filter(({ id }) => finished.has(id)), at, ways }
}

/** Tells of events that were stored, once they are committed. */
export function ringFor(ways: ReadonlySet<EventConfig['mode']>, doorbell: Doorbell): void {
  if (ways.has('push')) doorbell.ringHere('deliveries')
  if (ways.has('pull')) doorbell.ring('events')
}

/** An ingest decides its media, and lets the tasks go that wait for it. @returns the ingests with the media as they are now */
async function settleIngests(
  stores: Stores,
  ended: readonly DueTask[],
  verdicts: readonly Verdict[],
  at: Date,
): Promise<readonly EndedTask[]> {
  const ingested: EndedTask[] = []
  for (const each of ended) {
    const verdict = verdicts.find(({ task }) => task.id === each.task.id)
    if (verdict?.task.kind !== 'ingest' || verdict.status === 'postponed') continue
    const media = await decideMedia(stores, each.media, verdict)
    await stores.runs.releaseTasksOf(media.id, at)
    ingested.push({ ...each, media })
  }
  return ingested
}

async function decideMedia(stores: Stores, media: Media, verdict: VerdictOf<'succeeded' | 'failed'>): Promise<Media> {
  if (verdict.status === 'failed') {
    await stores.media.becomeFailed(media.id, verdict.fault)
    return { ...media, state: 'failed', fault: verdict.fault }
  }
  if (verdict.task.kind !== 'ingest') return media
  const { media: info, coverKey = media.coverKey } = verdict.task.output
  await stores.media.becomeReady(media.id, info)
  return { ...media, state: 'ready', info, coverKey }
}

/** A finished cover is its media's, and so is one that came along: the only effect of a kind beyond its artifacts. */
function coversOf(ended: readonly DueTask[], succeeded: readonly SucceededTask[]): readonly Cover[] {
  const mediaOf = new Map(ended.map(({ task, media }) => [task.id, media.id]))
  return succeeded.flatMap((task) => {
    const mediaId = mediaOf.get(task.id)
    const key = coverKeyIn(task)
    return mediaId === undefined || key === undefined ? [] : [{ mediaId, key }]
  })
}

function coverKeyIn(task: SucceededTask): string | undefined {
  if (task.kind === 'ingest') return task.output.coverKey
  return task.kind === 'coverBySnapshot' ? task.output.cover.artifact.key : undefined
}

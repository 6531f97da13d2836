import type { Lab } from '../lab/lab'
import { artifactsIn, checkFiles, countUnreferenced } from './check-files'
import { type FinalRows, hasEnded, readFinalRows } from './final-rows'
import { residueOf } from './residue'

/** What came of a case, by the clients' histories, the final rows and the files alone. */
export interface Verdict {
  readonly calls: number
  readonly accepted: number
  readonly refused: number
  /** Calls without an answer whose run exists all the same. */
  readonly committedUnanswered: number
  readonly tasks: number
  readonly failedTasks: Readonly<Record<string, number>>
  /** Of each code, what the first such task said. */
  readonly failureDetails: Readonly<Record<string, string>>
  readonly lost: number
  readonly duplicateEnds: number
  /** Runs whose end nobody was told of. */
  readonly unheard: number
  /** Tasks whose result is not the one that the customer was told of. */
  readonly writtenTwice: number
  readonly extraExecutions: number
  readonly missingOrPartial: readonly string[]
  /** Whole files of executions that did not win: room taken, and nothing leads to them. */
  readonly unreferencedFiles: number
  readonly residue: readonly string[]
  readonly slowestCallMs: number
}

export async function judge(lab: Lab, accepted: ReadonlySet<string>): Promise<Verdict> {
  const rows = await readFinalRows(lab)
  const { records } = lab.caller
  const states = new Map(rows.runs.map((run) => [run.id, run]))
  const lost = [...accepted].filter((id) => {
    const run = states.get(id)
    return run === undefined || !hasEnded(run)
  })
  const stuck = rows.runs.filter((run) => !accepted.has(run.id) && !hasEnded(run))
  return {
    calls: records.length,
    accepted: accepted.size,
    refused: records.filter(({ runId }) => runId === undefined).length,
    committedUnanswered: rows.runs.filter(({ id }) => !accepted.has(id)).length,
    tasks: rows.tasks.length,
    failedTasks: failuresOf(rows),
    failureDetails: Object.fromEntries(
      rows.tasks.toReversed().flatMap(({ fault }) => (fault === null ? [] : [[fault.code, fault.detail]])),
    ),
    lost: lost.length + stuck.length,
    duplicateEnds: duplicateEndsOf(lab, rows),
    unheard: rows.runs.filter(({ id }) => !lab.receiver.endOf.has(id)).length,
    writtenTwice: writtenTwice(lab, rows),
    extraExecutions: rows.tasks.reduce((sum, { generation, output }) => sum + extraOf(generation, output), 0),
    missingOrPartial: await checkFiles(lab.mediaFolder, rows.tasks),
    unreferencedFiles: countUnreferenced(lab.mediaFolder, rows.tasks),
    residue: residueOf(lab),
    slowestCallMs: Math.round(Math.max(0, ...records.map(({ tookMs }) => tookMs))),
  }
}

function failuresOf({ tasks }: FinalRows): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { state, fault } of tasks) {
    if (state === 'failed') counts[fault?.code ?? '?'] = (counts[fault?.code ?? '?'] ?? 0) + 1
  }
  return counts
}

/** Events of the database, and of those that arrived, that tell of a run's end a second time under another id. */
function duplicateEndsOf({ receiver }: Lab, { endEvents }: FinalRows): number {
  const stored = [...endEvents.values()].reduce((sum, count) => sum + count - 1, 0)
  const ids = new Map<string, Set<string>>()
  for (const { runId, isEnd, webhookId } of receiver.arrivals) {
    if (runId === undefined || !isEnd) continue
    ids.set(runId, (ids.get(runId) ?? new Set()).add(webhookId))
  }
  return stored + [...ids.values()].reduce((sum, each) => sum + each.size - 1, 0)
}

/** The files of a run's final rows have to be those of the event, and an event's bytes the same at every attempt. */
function writtenTwice({ receiver }: Lab, { tasks }: FinalRows): number {
  const changed = tasks.filter(({ run_id, state, output }) => {
    const told = receiver.endOf.get(run_id)
    if (told === undefined || state !== 'succeeded') return false
    return !artifactsIn(output).every(({ key }) => told.includes(key))
  })
  const hashes = new Map<string, Set<string>>()
  for (const { webhookId, bodyHash } of receiver.arrivals) {
    hashes.set(webhookId, (hashes.get(webhookId) ?? new Set()).add(bodyHash))
  }
  return changed.length + [...hashes.values()].filter(({ size }) => size > 1).length
}

/** Dispatches and starts before the one that won; its files' place tells of both. */
function extraOf(generation: number, output: unknown): number {
  const [, dispatch = generation, start = 1] = /\/g(\d+)x(\d+)\//.exec(artifactsIn(output)[0]?.key ?? '') ?? []
  return Math.max(0, Number(dispatch) - 1) + Math.max(0, Number(start) - 1)
}

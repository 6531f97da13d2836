import type { Lab } from '../lab/lab'

export interface RunRow {
  readonly id: string
  readonly state: string
}

export interface TaskRow {
  readonly id: string
  readonly run_id: string
  readonly state: string
  readonly generation: number
  readonly output: unknown
  readonly fault: { readonly code: string; readonly detail: string } | null
}

/** What the database says in the end. */
export interface FinalRows {
  readonly runs: readonly RunRow[]
  readonly tasks: readonly TaskRow[]
  /** Of each run, how many events tell of its end. */
  readonly endEvents: ReadonlyMap<string, number>
}

const ended = ['finished', 'aborted']

export function hasEnded({ state }: RunRow): boolean {
  return ended.includes(state)
}

export async function readFinalRows(lab: Lab): Promise<FinalRows> {
  const runs = await lab.query<RunRow>(`select id, state from run where type = 'process'`)
  const tasks = await lab.query<TaskRow>(
    `select id, run_id, state, generation, output, fault from task where kind <> 'ingest'`,
  )
  const events = await lab.query<{ subject_id: string; count: number }>(
    `select subject_id, count(*)::int as count from event where state_key = 'finish' group by subject_id`,
  )
  return { runs, tasks, endEvents: new Map(events.map(({ subject_id, count }) => [subject_id, count])) }
}

/** How many runs have not ended, and how many deliveries are still to come. */
export async function countOpen(lab: Lab): Promise<number> {
  const [row] = await lab.query<{ open: number }>(
    `select (select count(*) from run where state not in ('finished', 'aborted'))::int
          + (select count(*) from delivery where state in ('pending', 'sending'))::int as open`,
  )
  return row?.open ?? Infinity
}

import { setTimeout as wait } from 'node:timers/promises'
import type { CallbackReceiver } from './callback-receiver'
import { DemoFailure } from './demo-failure'
import type { RestClient } from './api/rest-client'
import { readRun, type RunReport } from './api/run-report'

const pollEveryMs = 250
/** An event is on its way as soon as the run has ended. */
const eventLimitMs = 60_000

export interface Followed {
  readonly report: RunReport
  /** The event's body as it was delivered. */
  readonly event: Buffer
}

/**
 * Says what becomes of the run's tasks until all have ended and the event has come.
 * @throws DemoFailure `noEvent`
 */
export async function followRun(
  runId: string,
  api: RestClient,
  receiver: CallbackReceiver,
  say: (line: string) => void,
): Promise<Followed> {
  const startedAtMs = Date.now()
  const seen = new Map<number, string>()
  let finishedAtMs: number | undefined
  for (;;) {
    const report = await readRun(api, runId)
    report.tasks.forEach(({ kind, state, fault }, index) => {
      if (seen.get(index) === state) return
      seen.set(index, state)
      const why = fault === undefined ? '' : `: ${fault.code}: ${fault.detail}`
      say(`  ${seconds(startedAtMs)}  ${kind.padEnd(24)} ${state}${why}`)
    })
    const event = receiver.find((body) => body.includes(runId))
    if (report.finished && event) {
      say(`  ${seconds(startedAtMs)}  the ProcedureStateChanged event has come`)
      return { report, event }
    }
    if (report.finished) finishedAtMs ??= Date.now()
    if (finishedAtMs !== undefined && Date.now() - finishedAtMs > eventLimitMs) {
      throw new DemoFailure('noEvent', `The run ended, but no event came within ${eventLimitMs / 1000} s.`)
    }
    await wait(pollEveryMs)
  }
}

function seconds(sinceMs: number): string {
  return `${((Date.now() - sinceMs) / 1000).toFixed(1).padStart(6)} s`
}

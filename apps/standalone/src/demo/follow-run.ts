import type { Client } from '@libs/client'
import { setTimeout as wait } from 'node:timers/promises'
import { newsOfRun, type TaskNews } from './api/run-events'
import { readRun, type RunReport } from './api/run-report'
import type { CallbackReceiver } from './callback-receiver'
import { DemoFailure } from './demo-failure'
import type { Screen } from './screen'

const lookEveryMs = 100
/** An event is on its way as soon as the run has ended. */
const eventLimitMs = 60_000
const barWidth = 24

export interface Followed {
  readonly report: RunReport
  /** The event's body as it was delivered. */
  readonly event: Buffer
}

/**
 * Shows what becomes of the run's tasks until all have ended and the event has come: as bars on a terminal, else as a line
 * for each change of a state.
 * @throws DemoFailure `noEvent`, ApiProblem
 */
export async function followRun(
  runId: string,
  api: Client,
  receiver: CallbackReceiver,
  screen: Screen,
): Promise<Followed> {
  const startedAtMs = Date.now()
  const tasks: TaskNews[] = []
  for await (const news of newsOfRun(api, runId)) {
    const isOtherState = tasks[news.index]?.state !== news.state
    tasks[news.index] = news
    if (screen.isTerminal) screen.draw(tasks.map(barOf))
    else if (isOtherState) screen.say(`  ${seconds(startedAtMs)}  ${lineOf(news)}`)
  }
  screen.settle()
  const event = await eventOf(runId, receiver)
  screen.say(`  ${seconds(startedAtMs)}  the ProcedureStateChanged event has come`)
  return { report: await readRun(api, runId), event }
}

async function eventOf(runId: string, receiver: CallbackReceiver): Promise<Buffer> {
  const endedAtMs = Date.now()
  for (;;) {
    const event = receiver.find((body) => body.includes(runId))
    if (event !== undefined) return event
    if (Date.now() - endedAtMs > eventLimitMs) {
      throw new DemoFailure('noEvent', `The run ended, but no event came within ${eventLimitMs / 1000} s.`)
    }
    await wait(lookEveryMs)
  }
}

function barOf(task: TaskNews): string {
  const done = Math.round((task.progressPercent / 100) * barWidth)
  const percent = `${Math.floor(task.progressPercent)}`.padStart(3)
  return `  ${'█'.repeat(done).padEnd(barWidth, '░')} ${percent} %  ${lineOf(task)}`
}

function lineOf({ kind, state, framesDone, frames, fault }: TaskNews): string {
  const name = kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).padEnd(24)
  const count = frames === undefined ? '' : `, ${framesDone ?? 0} of ${frames} frames`
  const why = fault == null ? '' : `: ${fault.code}: ${fault.detail}`
  return `${name} ${state}${count}${why}`
}

function seconds(sinceMs: number): string {
  return `${((Date.now() - sinceMs) / 1000).toFixed(1).padStart(6)} s`
}

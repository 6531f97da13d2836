import { errorCatalogue, type EventId, timeOfId } from '@libs/kernel'
import type { Settled } from '@libs/workflow'
import { Counter, Histogram } from 'prom-client'

const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 14_400]

const outcomes = new Counter({
  name: 'stillflow_task_outcomes_total',
  help: 'Tasks that succeeded, failed, or are tried again later (postponed), by why.',
  labelNames: ['kind', 'outcome', 'code', 'blame'],
})
const runs = new Histogram({
  name: 'stillflow_run_seconds',
  help: 'From a run being accepted until it has ended and its event is stored.',
  labelNames: ['type'],
  buckets,
})
const deliveries = new Histogram({
  name: 'stillflow_delivery_seconds',
  help: 'From an event being stored until its receiver has taken it.',
  buckets,
})

/** Counts what tasks and runs came to. */
export function countSettled({ verdicts, ended, at }: Settled): void {
  for (const verdict of verdicts) {
    const code = verdict.status === 'succeeded' ? undefined : verdict.fault.code
    const blame = code === undefined ? 'none' : errorCatalogue[code].blame
    outcomes.inc({ kind: verdict.task.kind, outcome: verdict.status, code: code ?? 'none', blame })
  }
  for (const { type, createdAt } of ended) runs.observe({ type }, (at.getTime() - createdAt.getTime()) / 1_000)
}

/** Counts an event that has arrived. */
export function countDelivered({ eventId }: { readonly eventId: EventId }, at: Date): void {
  deliveries.observe((at.getTime() - timeOfId(eventId).getTime()) / 1_000)
}

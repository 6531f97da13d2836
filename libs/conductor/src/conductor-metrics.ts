import { openMetrics } from '@libs/health'
import { kindNames } from '@libs/tasks'
import type { MeasureBacklog } from '@libs/workflow'
import { Gauge } from 'prom-client'

const labelNames = ['kind', 'state'] as const
const tasks = new Gauge({
  name: 'stillflow_tasks',
  help: 'Tasks that could be dispatched (waiting), and that are at the queue or a worker (dispatched).',
  labelNames,
})
const taskAge = new Gauge({
  name: 'stillflow_task_age_seconds',
  help: 'How long the first of them waits, and since the first dispatch of one of them.',
  labelNames,
})
const deliveries = new Gauge({
  name: 'stillflow_deliveries_due',
  help: 'Deliveries of events that are due, at endpoints that take them.',
})
const deliveryAge = new Gauge({
  name: 'stillflow_delivery_age_seconds',
  help: 'How long the first delivery that is due waits to be made.',
})
const disabled = new Gauge({ name: 'stillflow_disabled_endpoints', help: 'Endpoints that get no events any more.' })

/**
 * What a conductor tells of itself and of what all conductors have to do; while the database does not answer, the latter
 * is missing. @returns the figures in Prometheus' text format
 */
export function conductorMetrics(backlog: MeasureBacklog): () => Promise<string> {
  const text = openMetrics()
  return async () => {
    await measure(backlog).catch(() => {
      for (const gauge of [tasks, taskAge]) gauge.reset()
      for (const gauge of [deliveries, deliveryAge, disabled]) gauge.remove()
    })
    return text()
  }
}

async function measure(backlog: MeasureBacklog): Promise<void> {
  const { tasks: open, deliveries: due, disabledEndpoints } = await backlog.execute()
  for (const kind of kindNames) {
    for (const state of ['waiting', 'dispatched'] as const) {
      const { count = 0, ageMs = 0 } = open.find((each) => each.kind === kind && each.state === state) ?? {}
      tasks.set({ kind, state }, count)
      taskAge.set({ kind, state }, ageMs / 1_000)
    }
  }
  deliveries.set(due.count)
  deliveryAge.set(due.ageMs / 1_000)
  disabled.set(disabledEndpoints)
}

import { openMetrics } from '@libs/health'
import type { MeasureBacklog } from '@libs/workflow'
import { Gauge } from 'prom-client'

const labelNames = ['of'] as const
const waiting = new Gauge({
  name: 'stillflow_backlog',
  help: 'Tasks that could be dispatched and deliveries that are due.',
  labelNames,
})
const age = new Gauge({
  name: 'stillflow_backlog_age_seconds',
  help: 'How long the first task waits to be dispatched, and the first delivery to be made.',
  labelNames,
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
      for (const gauge of [waiting, age]) gauge.reset()
    })
    return text()
  }
}

async function measure(backlog: MeasureBacklog): Promise<void> {
  const { tasks, deliveries, disabledEndpoints } = await backlog.execute()
  for (const [of, { count, ageMs }] of Object.entries({ tasks, deliveries })) {
    waiting.set({ of }, count)
    age.set({ of }, ageMs / 1_000)
  }
  disabled.set(disabledEndpoints)
}

import '@libs/conductor'
import '@libs/egress'
import '@libs/health'
import '@libs/limits'
import '@libs/worker'
import { collectDefaultMetrics, register } from 'prom-client'
import { z } from 'zod'

/** What Prometheus itself adds. */
const ofTarget = ['job', 'instance']
/** What a worker tells beside its captures and executions, which bear their kind anyway. */
const ofWorkers = /^(process|nodejs|stillflow_tool|stillflow_store)_/

const registered = z.object({ name: z.string(), type: z.string(), labelNames: z.array(z.string()) })

/** Every series that the apps tell, with its labels. */
export function knownSeries(): ReadonlyMap<string, readonly string[]> {
  collectDefaultMetrics()
  return new Map([['up', ofTarget], ...register.getMetricsAsArray().flatMap(seriesOf)])
}

/** The figures that are our own. */
export function ownFigures(): readonly string[] {
  return register.getMetricsAsArray().flatMap(({ name }) => (name.startsWith('stillflow_') ? [name] : []))
}

function seriesOf(metric: unknown): readonly (readonly [string, readonly string[]])[] {
  const { name, type, labelNames } = registered.parse(metric)
  const labels = [...labelNames, ...ofTarget, ...(ofWorkers.test(name) ? ['kind'] : [])]
  if (type !== 'histogram') return [[name, labels]]
  return [
    [`${name}_bucket`, [...labels, 'le']],
    [`${name}_sum`, labels],
    [`${name}_count`, labels],
  ]
}

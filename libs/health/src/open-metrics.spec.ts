import { Counter, register } from 'prom-client'
import { openMetrics } from './open-metrics'

it('tells of the process and all that is counted in it, watched from the first question on', async () => {
  const metrics = openMetrics({ kind: 'ingest' })
  new Counter({ name: 'counted_total', help: 'What a room counts.' }).inc()
  expect(register.getSingleMetric('process_resident_memory_bytes')).toBeUndefined()
  for (const text of [await metrics(), await metrics()]) {
    expect(text).toContain('counted_total{kind="ingest"} 1\n')
    expect(text).toMatch(/^process_resident_memory_bytes\{kind="ingest"\} \d+$/m)
  }
})

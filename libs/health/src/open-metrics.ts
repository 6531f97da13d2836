import { collectDefaultMetrics, register } from 'prom-client'

/**
 * Starts to watch the process.
 * @param labels that all of its figures bear
 * @returns what tells its figures, and those of all its rooms, in Prometheus' text format
 */
export function openMetrics(labels: Readonly<Record<string, string>> = {}): () => Promise<string> {
  register.setDefaultLabels({ ...labels })
  collectDefaultMetrics()
  return () => register.metrics()
}

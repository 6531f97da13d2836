import { traceBy } from '@libs/kernel'
import { loadOpenTelemetry } from './load-opentelemetry'
import { OtlpTracer } from './otlp-tracer'
import type { TracingSettings } from './tracing.env'

/**
 * Has this process send traces, where a collector is set.
 * @param app the process's name in them
 * @returns what sends the rest, for two seconds at most, and ends it
 */
export async function openTracing(app: string, settings: TracingSettings): Promise<() => Promise<void>> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: all, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces } = settings
  if (all === undefined && traces === undefined) return async () => undefined
  const tracer = new OtlpTracer(await loadOpenTelemetry(), app)
  traceBy(tracer)
  return async () => {
    traceBy(undefined)
    await tracer.close()
  }
}

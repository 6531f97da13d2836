const load = async () => ({
  ...(await import('@opentelemetry/api')),
  ...(await import('@opentelemetry/core')),
  ...(await import('@opentelemetry/exporter-trace-otlp-http')),
  ...(await import('@opentelemetry/resources')),
  ...(await import('@opentelemetry/sdk-trace-base')),
})

export type OpenTelemetry = Awaited<ReturnType<typeof load>>

/** OpenTelemetry, loaded where something is traced: a process that traces nothing does not carry it. */
export function loadOpenTelemetry(): Promise<OpenTelemetry> {
  return load()
}

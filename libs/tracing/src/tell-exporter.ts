import { Logger } from '@nestjs/common'
import type { SpanExporter } from '@opentelemetry/sdk-trace-base'
import type { OpenTelemetry } from './load-opentelemetry'

/** An exporter whose failures are logged, once until it works again, and concern nobody else. */
export function tellExporter({ ExportResultCode }: OpenTelemetry, exporter: SpanExporter): SpanExporter {
  const logger = new Logger('tracing')
  let failing = false
  const note = (failed: boolean, error: Error | undefined): void => {
    if (failed === failing) return
    failing = failed
    if (failed) logger.warn({ err: error }, 'Traces are lost: the collector does not take them.')
    else logger.log('The collector takes traces again.')
  }
  return {
    export: (spans, done) =>
      exporter.export(spans, ({ code, error }) => {
        note(code === ExportResultCode.FAILED, error)
        done({ code: ExportResultCode.SUCCESS })
      }),
    shutdown: () => exporter.shutdown(),
  }
}

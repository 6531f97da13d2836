import { type Span, type SpanAttributes, type SpanOptions, Tracer } from '@libs/kernel'
import type { Context, Span as OtelSpan } from '@opentelemetry/api'
import type { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { setTimeout as wait } from 'node:timers/promises'
import type { OpenTelemetry } from './load-opentelemetry'
import { tellExporter } from './tell-exporter'

const flushLimitMs = 2_000

/** Tells spans to a collector by OTLP, a batch every few seconds; what there is no room for is dropped. */
export class OtlpTracer extends Tracer {
  private readonly provider: BasicTracerProvider

  constructor(
    private readonly otel: OpenTelemetry,
    app: string,
  ) {
    super()
    const { BasicTracerProvider, BatchSpanProcessor, OTLPTraceExporter } = otel
    const { defaultResource, detectResources, envDetector, resourceFromAttributes } = otel
    // OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME have the last word.
    const resource = defaultResource()
      .merge(resourceFromAttributes({ 'service.namespace': 'stillflow', 'service.name': app }))
      .merge(detectResources({ detectors: [envDetector] }))
    const exporter = tellExporter(otel, new OTLPTraceExporter())
    this.provider = new BasicTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(exporter)] })
  }

  override start(name: string, { kind, parent, attributes = {} }: SpanOptions): Span {
    const { SpanKind } = this.otel
    const kinds = {
      server: SpanKind.SERVER,
      client: SpanKind.CLIENT,
      producer: SpanKind.PRODUCER,
      consumer: SpanKind.CONSUMER,
    }
    const tracer = this.provider.getTracer('stillflow')
    const options = { attributes, ...(kind !== undefined && { kind: kinds[kind] }) }
    return this.spanOf(tracer.startSpan(name, options, this.contextOf(parent)))
  }

  /** Sends what is left. */
  async close(): Promise<void> {
    const sent = this.provider.shutdown().catch(() => undefined)
    await Promise.race([sent, wait(flushLimitMs, undefined, { ref: false })])
  }

  /** What is no traceparent is none. */
  private contextOf(parent: string | undefined): Context {
    const { parseTraceParent, ROOT_CONTEXT, trace } = this.otel
    const parsed = parent === undefined ? null : parseTraceParent(parent)
    return parsed === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...parsed, isRemote: true })
  }

  private spanOf(span: OtelSpan): Span {
    const { SpanStatusCode, TraceFlags } = this.otel
    const { traceId, spanId, traceFlags } = span.spanContext()
    return {
      traceparent: `00-${traceId}-${spanId}-0${traceFlags & TraceFlags.SAMPLED}`,
      rename: (name) => void span.updateName(name),
      set: (attributes: SpanAttributes) => void span.setAttributes(attributes),
      fail: (type) => void span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR }),
      end: () => span.end(),
    }
  }
}

import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { z } from 'zod'
import { close, listen } from './listen'

const attributes = z
  .array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) }))
  .transform((all) => Object.fromEntries(all.map(({ key, value }) => [key, Object.values(value)[0]])))

const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  attributes,
})

/** OTLP, "ExportTraceServiceRequest", in JSON. */
const exported = z.object({
  resourceSpans: z.array(
    z.object({ resource: z.object({ attributes }), scopeSpans: z.array(z.object({ spans: z.array(span) })) }),
  ),
})

interface CollectedSpan extends z.infer<typeof span> {
  readonly service: unknown
}

/** A collector of traces that a product sends by OTLP. */
export class TraceCollector {
  url = ''
  private readonly spans: CollectedSpan[] = []
  private readonly server = createServer((request, response) => {
    json(request).then(
      (body) => {
        if (request.url === '/v1/traces') this.take(body)
        response.setHeader('content-type', 'application/json').end('{}')
      },
      () => response.destroy(),
    )
  })

  async open(): Promise<void> {
    this.url = await listen(this.server)
  }

  close(): Promise<void> {
    return close(this.server)
  }

  spansOf(traceId: string): readonly CollectedSpan[] {
    return this.spans.filter((each) => each.traceId === traceId)
  }

  /** The names of each span below a parent, and of those between, such as `a > b`. */
  pathsBelow(traceId: string, parentId: string): ReadonlySet<string> {
    const below = this.spansOf(traceId).filter(({ parentSpanId }) => parentSpanId === parentId)
    const paths = below.flatMap(({ name, spanId }) => [
      name,
      ...[...this.pathsBelow(traceId, spanId)].map((path) => `${name} > ${path}`),
    ])
    return new Set(paths)
  }

  private take(body: unknown): void {
    for (const { resource, scopeSpans } of exported.parse(body).resourceSpans) {
      const service = resource.attributes['service.name']
      for (const { spans } of scopeSpans) for (const each of spans) this.spans.push({ ...each, service })
    }
  }
}

import { AppError } from './errors'
import { originOfWork, workOn } from './work'

/** Of a fixed set, numbers, or our own ids: never what a caller wrote, and never an address. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>

export interface SpanOptions {
  readonly kind?: 'server' | 'client' | 'producer' | 'consumer'
  /** W3C Trace Context; the work at hand by default. Without any, the span begins a trace. */
  readonly parent?: string | undefined
  readonly attributes?: SpanAttributes
}

/** A piece of work in a trace. */
export interface Span {
  /** For the spans below it, in whatever process. */
  readonly traceparent: string
  rename(name: string): void
  set(attributes: SpanAttributes): void
  /** @param type the code of an error */
  fail(type: string): void
  end(): void
}

/** Where spans go. */
export abstract class Tracer {
  abstract start(name: string, options: SpanOptions): Span
}

let tracer: Tracer | undefined

/** Has this process trace what it does; without a tracer tracing costs nothing. */
export function traceBy(chosen: Tracer | undefined): void {
  tracer = chosen
}

/** @returns a span that is to be ended; undefined where nothing is traced */
export function startSpan(name: string, options: SpanOptions = {}): Span | undefined {
  return tracer?.start(name, { parent: originOfWork().traceparent, ...options })
}

/** Does work as a span of its own. */
export async function traced<Result>(
  name: string,
  options: SpanOptions,
  work: (span: Span | undefined) => Promise<Result>,
): Promise<Result> {
  const span = startSpan(name, options)
  if (span === undefined) return work(undefined)
  try {
    return await workOn({ traceparent: span.traceparent }, () => work(span))
  } catch (thrown) {
    span.fail(typeOf(thrown))
    throw thrown
  } finally {
    span.end()
  }
}

/** Messages may tell what is nobody else's. */
function typeOf(thrown: unknown): string {
  if (thrown instanceof AppError) return thrown.code
  return thrown instanceof Error ? thrown.name : typeof thrown
}

import type { ErrorCode } from '@libs/kernel'
import { collectDefaultMetrics, Counter, Histogram, register } from 'prom-client'
import type { ServerResponse } from 'node:http'

const answers = new Histogram({
  name: 'stillflow_http_request_seconds',
  help: 'From the head of a request to the end of its answer.',
  labelNames: ['door', 'route', 'status'],
  buckets: [0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 30, 300],
})

const refusals = new Counter({
  name: 'stillflow_refusals_total',
  help: 'Requests that were refused, by the code of the refusal.',
  labelNames: ['code'],
})

/** What a request was for. */
export interface AskedRoute {
  /** A dialect, or `rest`. */
  readonly door: string
  /** An action, or a route with its parameters' names: one of a fixed set, and never what a caller wrote. */
  readonly route: string
}

const routes = new WeakMap<ServerResponse, () => AskedRoute>()

/** What an answered request was for; undefined when no door took it. */
export function askedRouteOf(response: ServerResponse): AskedRoute | undefined {
  return routes.get(response)?.()
}

/** Counts a request when its answer has ended, under what `routeOf` says by then. */
export function countAnswer(response: ServerResponse, routeOf: () => AskedRoute): void {
  routes.set(response, routeOf)
  const startedMs = performance.now()
  response.once('close', () => {
    const status = response.headersSent ? String(response.statusCode) : 'none'
    answers.observe({ ...routeOf(), status }, (performance.now() - startedMs) / 1_000)
  })
}

export function countRefusal(code: ErrorCode): void {
  refusals.inc({ code })
}

/** Starts to watch the process. @returns what tells its figures, and those of all its rooms, in Prometheus' text format */
export function openMetrics(): () => Promise<string> {
  collectDefaultMetrics()
  return () => register.metrics()
}

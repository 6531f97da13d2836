import type { ErrorCode } from '@libs/kernel'
import { Counter, Histogram } from 'prom-client'
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

const answers = new Histogram({
  name: 'stillflow_http_request_seconds',
  help: 'From the head of a request to the end of its answer.',
  labelNames: ['door', 'route', 'status'],
  buckets: [0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 30, 300],
})

const received = new Counter({
  name: 'stillflow_http_received_bytes_total',
  help: 'Bytes of requests, heads included.',
  labelNames: ['door'],
})
const sent = new Counter({
  name: 'stillflow_http_sent_bytes_total',
  help: 'Bytes of answers, heads included.',
  labelNames: ['door'],
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
/** What was counted of connections that are kept for more than one request. */
const counted = new WeakMap<Socket, { readonly bytesRead: number; readonly bytesWritten: number }>()

/** Counts a request when its answer has ended, under what `routeOf` says by then. */
export function countAnswer(response: ServerResponse, routeOf: () => AskedRoute): void {
  routes.set(response, routeOf)
  const startedMs = performance.now()
  const { socket } = response.req
  response.once('close', () => {
    const { door, route } = routeOf()
    const status = response.headersSent ? String(response.statusCode) : 'none'
    answers.observe({ door, route, status }, (performance.now() - startedMs) / 1_000)
    countBytes(door, socket)
  })
}

function countBytes(door: string, socket: Socket): void {
  const { bytesRead, bytesWritten } = socket
  const before = counted.get(socket) ?? { bytesRead: 0, bytesWritten: 0 }
  counted.set(socket, { bytesRead, bytesWritten })
  received.inc({ door }, bytesRead - before.bytesRead)
  sent.inc({ door }, bytesWritten - before.bytesWritten)
}

export function countRefusal(code: ErrorCode): void {
  refusals.inc({ code })
}

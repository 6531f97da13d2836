import { askedRouteOf } from '@libs/health'
import { type Span, startSpan, workIds, workOn } from '@libs/kernel'
import { Logger } from '@nestjs/common'
import { AsyncResource } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

const logger = new Logger('calls')

/** Of each answer: every middleware that waits for its end has one, and so has each stream of a file that goes into it. */
const mostListeners = 32

/**
 * Gives every call an id, which its answer tells and which is on every line of the log that comes of it, and a span in its
 * caller's trace. Calls that were about a run or a task are logged when they have been answered.
 */
export function followCalls(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  const requestId = randomUUID()
  const startedMs = performance.now()
  const parent = request.headers['traceparent']
  const span = startSpan('call', { kind: 'server', parent: typeof parent === 'string' ? parent : undefined })
  response.setHeader('X-Request-Id', requestId)
  response.setMaxListeners(mostListeners)
  workOn({ requestId, traceparent: span?.traceparent }, () => {
    const end = (): void => {
      endSpan(span, request, response)
      logCall(response, Math.round(performance.now() - startedMs))
    }
    response.once('close', AsyncResource.bind(end))
    next()
  })
}

function statusOf({ headersSent, statusCode }: ServerResponse): number | undefined {
  return headersSent ? statusCode : undefined
}

function logCall(response: ServerResponse, tookMs: number): void {
  const { runId, taskId } = workIds()
  if (runId === undefined && taskId === undefined) return
  logger.log({ ...askedRouteOf(response), status: statusOf(response), tookMs }, 'A call was answered.')
}

/** What no door was asked, as probes of health, is in no trace: a span that is not ended is not told. */
function endSpan(span: Span | undefined, { method }: IncomingMessage, response: ServerResponse): void {
  const asked = askedRouteOf(response)
  if (span === undefined || asked === undefined) return
  const { requestId, runId } = workIds()
  const status = statusOf(response)
  span.rename(`${method ?? ''} ${asked.route}`)
  span.set({
    'http.request.method': method,
    'http.route': asked.route,
    'http.response.status_code': status,
    'stillflow.door': asked.door,
    'stillflow.request_id': requestId,
    'stillflow.run_id': runId,
  })
  if (status === undefined || status >= 500) span.fail(String(status ?? 'unanswered'))
  span.end()
}

import { askedRouteOf } from '@libs/health'
import { workIds, workOn } from '@libs/kernel'
import { Logger } from '@nestjs/common'
import { AsyncResource } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

const logger = new Logger('calls')

/**
 * Gives every call an id, which its answer tells and which is on every line of the log that comes of it. Calls that were
 * about a run or a task are logged when they have been answered.
 */
export function followCalls(_request: IncomingMessage, response: ServerResponse, next: () => void): void {
  const requestId = randomUUID()
  const startedMs = performance.now()
  response.setHeader('X-Request-Id', requestId)
  workOn({ requestId }, () => {
    response.once('close', AsyncResource.bind(logCall))
    next()
  })
  function logCall(): void {
    const { runId, taskId } = workIds()
    if (runId === undefined && taskId === undefined) return
    const status = response.headersSent ? response.statusCode : undefined
    const tookMs = Math.round(performance.now() - startedMs)
    logger.log({ ...askedRouteOf(response), status, tookMs }, 'A call was answered.')
  }
}

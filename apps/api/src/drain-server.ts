import { once } from 'node:events'
import type { Server, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

export interface DrainLimits {
  /** Calls are taken for so long yet: whoever sends them needs time to notice that this server is going. */
  readonly drainMs: number
  /** What is under way then may go on for so long; what is left is cut off. */
  readonly graceMs: number
  /** Ends what would go on for as long as the server is there, once no more comes in. */
  readonly endStreams?: () => void
}

/**
 * Watches a server from its first request on.
 * @returns what ends it without breaking a call: each answer asks for its connection to be closed, so that none is idle,
 * and about to be used, when the server closes
 */
export function drainable(server: Server): (limits: DrainLimits) => Promise<void> {
  const open = new Set<ServerResponse>()
  let draining = false
  server.prependListener('request', (_request, response) => {
    if (draining) response.setHeader('Connection', 'close')
    open.add(response)
    response.once('close', () => open.delete(response))
  })
  return async ({ drainMs, graceMs, endStreams }) => {
    draining = true
    for (const response of open) if (!response.headersSent) response.setHeader('Connection', 'close')
    await wait(drainMs)
    const closed = once(server, 'close')
    server.close()
    endStreams?.()
    const impatient = setTimeout(() => server.closeAllConnections(), graceMs)
    await closed
    clearTimeout(impatient)
  }
}

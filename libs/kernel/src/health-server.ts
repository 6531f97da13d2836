import { once } from 'node:events'
import { createServer } from 'node:http'
import { z } from 'zod'

/** Where an app that serves nothing else answers for its health. */
export const healthEnv = {
  /** Absent: nowhere. */
  HEALTH_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
}

/**
 * Answers `/healthz` with 200 while `isHealthy` holds, with 503 otherwise.
 * @param port absent: there is nothing to serve
 * @returns what closes it
 */
export async function serveHealth(port: number | undefined, isHealthy: () => boolean): Promise<() => void> {
  if (port === undefined) return () => undefined
  const server = createServer(({ url }, response) => {
    const known = url === '/healthz'
    const status = known ? (isHealthy() ? 200 : 503) : 404
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ status: status === 200 ? 'ok' : 'error' }))
  })
  server.listen(port)
  await once(server, 'listening')
  return () => {
    server.close()
    server.closeAllConnections()
  }
}

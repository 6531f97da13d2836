import { once } from 'node:events'
import { createServer } from 'node:http'
import { z } from 'zod'

/** Where an app that serves nothing else answers for its health. */
export const healthEnv = {
  /** Absent: nowhere. */
  HEALTH_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
}

export interface HealthAnswers {
  readonly isHealthy: () => boolean
  /** What an operator should know although the app works. */
  readonly warnings?: readonly string[]
  /** In Prometheus' text format. */
  readonly metrics?: () => Promise<string>
}

/**
 * Answers `/healthz` with 200 while `isHealthy` holds, with 503 otherwise, and with the warnings; `/metrics` where there are any.
 * @param port absent: there is nothing to serve
 * @returns what closes it
 */
export async function serveHealth(
  port: number | undefined,
  { isHealthy, warnings = [], metrics }: HealthAnswers,
): Promise<() => void> {
  if (port === undefined) return () => undefined
  const answer = async (url: string | undefined): Promise<Answer> => {
    if (url === '/healthz') return isHealthy() ? inJson(200, 'ok', warnings) : inJson(503, 'error', warnings)
    if (url === '/metrics' && metrics) return { status: 200, type: 'text/plain; version=0.0.4', body: await metrics() }
    return inJson(404, 'error')
  }
  const server = createServer((request, response) => {
    void answer(request.url)
      .catch(() => inJson(500, 'error'))
      .then(({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body))
  })
  server.listen(port)
  await once(server, 'listening')
  return () => {
    server.close()
    server.closeAllConnections()
  }
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

function inJson(status: number, word: 'ok' | 'error', warnings: readonly string[] = []): Answer {
  const body = JSON.stringify({ status: word, ...(warnings.length > 0 && { warnings }) })
  return { status, type: 'application/json', body }
}

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
  /** What the app found out about this machine when it started. */
  readonly facts?: Readonly<Record<string, string>>
  /** In Prometheus' text format. */
  readonly metrics?: () => Promise<string>
}

/**
 * Answers `/healthz` with 200 while `isHealthy` holds, with 503 otherwise, and with the warnings and facts; `/metrics` where there are any.
 * @param port absent: there is nothing to serve
 * @returns what closes it
 */
export async function serveHealth(
  port: number | undefined,
  { isHealthy, warnings = [], facts = {}, metrics }: HealthAnswers,
): Promise<() => void> {
  if (port === undefined) return () => undefined
  const answer = async (url: string | undefined): Promise<Answer> => {
    if (url === '/healthz')
      return isHealthy() ? inJson(200, 'ok', { warnings, facts }) : inJson(503, 'error', { warnings, facts })
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

type Told = Partial<Pick<HealthAnswers, 'warnings' | 'facts'>>

function inJson(status: number, word: 'ok' | 'error', { warnings = [], facts = {} }: Told = {}): Answer {
  const body = JSON.stringify({ status: word, ...(warnings.length > 0 && { warnings }), ...facts })
  return { status, type: 'application/json', body }
}

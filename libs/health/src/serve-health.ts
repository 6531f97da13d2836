import { once } from 'node:events'
import { createServer } from 'node:http'
import { z } from 'zod'
import { type Readiness, statusCodeOf } from './readiness'

/** Where an app that serves nothing else answers for its health. */
export const healthEnv = {
  /** Absent: nowhere. */
  HEALTH_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
}

export interface HealthAnswers {
  /** False: only a restart helps. */
  readonly isHealthy: () => boolean
  readonly readiness: Readiness
  /** In Prometheus' text format. */
  readonly metrics?: () => Promise<string>
}

/**
 * Answers `/healthz` with 200 while `isHealthy` holds, with 503 otherwise; `/readyz` with the report
 * of its readiness; `/metrics` where there are any.
 * @param port absent: there is nothing to serve
 * @returns what closes it
 */
export async function serveHealth(port: number | undefined, answers: HealthAnswers): Promise<() => void> {
  if (port === undefined) return () => undefined
  const server = createServer((request, response) => {
    void answerTo(request.url, answers)
      .catch(() => inJson(500, { status: 'error' }))
      .then(({ status, type, body }) =>
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body),
      )
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

async function answerTo(url: string | undefined, { isHealthy, readiness, metrics }: HealthAnswers): Promise<Answer> {
  if (url === '/healthz') {
    return isHealthy() ? inJson(200, { status: 'ok' }) : inJson(503, { status: 'error' })
  }
  if (url === '/readyz') {
    const report = await readiness.report()
    return inJson(statusCodeOf(report), report)
  }
  if (url === '/metrics' && metrics) return { status: 200, type: 'text/plain; version=0.0.4', body: await metrics() }
  return inJson(404, { status: 'error' })
}

function inJson(status: number, body: object): Answer {
  return { status, type: 'application/json', body: JSON.stringify(body) }
}

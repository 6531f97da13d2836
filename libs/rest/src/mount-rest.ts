import { countAnswer } from '@libs/health'
import { AppError } from '@libs/kernel'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { InFlight, RateLimiter } from '@libs/workflow'
import type { Request } from 'express'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { BasicAuth } from './basic-auth'
import { admitCaller, type Admitted } from './caller'
import { errandOf, refuseDeep, refuseEncoded, refuseUnstorable } from './door-rules'
import { mountDocs } from './openapi/mount-docs'
import { sendProblem, toRefusal } from './problem'
import { ProblemFilter } from './problem-filter'

type Next = (error?: unknown) => void

const maxBody = '1mb'

/** Of all routes together; in RATE_LIMITS they are called `rest`. */
const callsPerSecond = 200

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'type' in error && error.type === 'entity.too.large'
}

function toBodyRefusal(error: unknown): AppError {
  if (isTooLarge(error)) return new AppError('request.tooLarge', `The body is larger than ${maxBody}.`)
  return new AppError('request.malformed', 'The body is not valid JSON in UTF-8.', { cause: error })
}

/** JSON parsers put a mark in place of bytes that are no UTF-8. */
function refuseBrokenText(_request: IncomingMessage, _response: ServerResponse, body: Buffer): void {
  new TextDecoder('utf-8', { fatal: true }).decode(body)
}

/**
 * Puts the door of `/v1` in front of an app: who calls is proved before a byte of a body is read. Refusals are problem
 * details at every path. `/openapi.json` and `/docs` describe it. To be called before `listen`, and before anything that reads bodies; the app's modules include
 * `RestModule`.
 */
export function mountRest(app: NestExpressApplication): void {
  const [basicAuth, limiter, inFlight] = [app.get(BasicAuth), app.get(RateLimiter), app.get(InFlight)]
  const admit = async ({ headers, ip = '' }: Request): Promise<Admitted> => {
    const admitted = await basicAuth.admit(headers, ip)
    if (await limiter.take(admitted.secretId, 'rest', callsPerSecond)) return admitted
    throw new AppError('request.tooOften', 'The key calls too often; try again in a second.')
  }
  app.disable('etag') // Of answers to changes, too, Express makes one, which is none of what was changed.
  app.useGlobalFilters(new ProblemFilter())
  app.use(
    ['/v1', '/files', '/uploads', '/docs', '/openapi.json'],
    (request: Request, response: ServerResponse, next: Next) => {
      countAnswer(response, () => ({ door: 'rest', route: routeOf(request) }))
      orRefuse(response, next, () => {
        response.once('close', inFlight.enter(errandOf(request.baseUrl + request.path, request.headers)))
        refuseEncoded(request.headers)
      })
    },
  )
  app.use('/v1', onlyAdmitted(admit))
  app.useBodyParser('json', { limit: maxBody, verify: refuseBrokenText })
  app.use('/v1', (error: unknown, _request: IncomingMessage, response: ServerResponse, _next: Next) => {
    sendProblem(response, toBodyRefusal(error))
  })
  app.use('/v1', (request: Request, response: ServerResponse, next: Next) => {
    orRefuse(response, next, () => prepare(request))
  })
  mountDocs(app)
}

function onlyAdmitted(admit: (request: Request) => Promise<Admitted>) {
  return (request: Request, response: ServerResponse, next: Next) => {
    // What is told to one caller is nobody else's, and secrets are among it.
    response.setHeader('Cache-Control', 'no-store')
    if (isForUploads(request)) prepareForUploads(request, response)
    if (isForUploads(request) && request.method === 'OPTIONS') {
      next()
      return
    }
    admit(request).then(
      (admitted) => {
        admitCaller(request, admitted)
        next()
      },
      (thrown: unknown) => {
        sendProblem(response, toRefusal(thrown))
      },
    )
  }
}

function isForUploads({ path }: Request): boolean {
  return /^\/uploads(?:\/|$)/i.test(path)
}

/** Lets pages of others read refusals too; and takes a POST for the method that a client behind an old proxy means (tus 1.0). */
function prepareForUploads(request: Request, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', '*')
  const meant = request.headers['x-http-method-override']
  if (request.method === 'POST' && (meant === 'PATCH' || meant === 'DELETE')) request.method = meant
}

function prepare({ path, body, headers }: Request): void {
  refuseUnstorable(path)
  refuseDeep(body)
  // `no-cache` is said to caches, and Node's fetch says it with every If-None-Match; Express would not answer 304 then.
  if (headers['if-none-match'] !== undefined) delete headers['cache-control']
}

/** As the controllers write it, `/v1/runs/:id`; `none` for what no controller was asked. */
function routeOf({ route }: Request): string {
  const matched: unknown = route
  const isNamed = typeof matched === 'object' && matched !== null && 'path' in matched
  return isNamed && typeof matched.path === 'string' ? matched.path : 'none'
}

function orRefuse(response: ServerResponse, next: Next, check: () => void): void {
  try {
    check()
  } catch (thrown) {
    sendProblem(response, toRefusal(thrown))
    return
  }
  next()
}

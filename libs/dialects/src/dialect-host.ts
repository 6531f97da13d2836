import { AppError, Clock, toAppError } from '@libs/kernel'
import { AdmitOnce, FileUrls, FindAccessKey } from '@libs/workflow'
import { Injectable, Logger } from '@nestjs/common'
import { ModuleRef } from '@nestjs/core'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Dialect, Gate, RawResponse, RequestHead } from './dialect'
import { defaultDialect, dialects } from './dialects'
import { readBody } from './read-body'

function headOf({ method = '', url = '/', headers }: IncomingMessage): RequestHead {
  const [path = '/', ...query] = url.split('?')
  return { method, path, query: query.join('?'), headers }
}

/** The door of all dialects. It reads bodies itself: signatures are over their very bytes. */
@Injectable()
export class DialectHost {
  private readonly logger = new Logger(DialectHost.name)

  constructor(
    private readonly findAccessKey: FindAccessKey,
    private readonly admitOnce: AdmitOnce,
    private readonly clock: Clock,
    private readonly urls: FileUrls,
    private readonly moduleRef: ModuleRef,
  ) {}

  /**
   * Answers a request to `/`, and to any path when a dialect knows it for its own.
   * @returns false when the request is somebody else's; it is untouched then
   */
  serve(request: IncomingMessage, response: ServerResponse): boolean {
    const head = headOf(request)
    const recognised = Object.values(dialects).find((dialect) => dialect.recognise(head))
    const dialect = recognised ?? (head.path === '/' ? defaultDialect : undefined)
    if (dialect === undefined) return false
    void this.answer(dialect, head, request).then(({ headers, body }) => {
      if (response.destroyed) return
      if (!request.complete) response.setHeader('Connection', 'close')
      response.writeHead(200, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body)
    })
    return true
  }

  private async answer(dialect: Dialect, head: RequestHead, incoming: IncomingMessage): Promise<RawResponse> {
    const exchange = { request: head, requestId: randomUUID() }
    try {
      const request = { ...head, body: await readBody(incoming, dialect.maxBodyBytes) }
      const { action } = dialect.actionOf(request)
      const caller = await dialect.authenticate(request, this.gate())
      const result = await action.perform(dialect.parametersOf(request), {
        caller,
        urls: this.urls,
        find: (type) => this.moduleRef.get(type, { strict: false }),
      })
      return dialect.present(result, exchange)
    } catch (thrown) {
      const error = toAppError(thrown)
      this.note(error, exchange.requestId, incoming)
      return dialect.presentError(error, exchange)
    }
  }

  private gate(): Gate {
    return {
      nowMs: this.clock.nowMs(),
      findKey: (secretId) => this.findAccessKey.execute(secretId),
      admitOnce: (signature, expiresAtMs) => this.admitOnce.execute(signature, new Date(expiresAtMs)),
    }
  }

  private note(error: AppError, requestId: string, { errored, destroyed, complete }: IncomingMessage): void {
    const hungUp = errored !== null || (destroyed && !complete)
    if (error.blame !== 'us' || hungUp) return
    const { cause } = error
    this.logger.error(`Request ${requestId}: ${error.message}`, cause instanceof Error ? cause.stack : error.stack)
  }
}

import { countAnswer, countRefusal } from '@libs/health'
import { AppError, Clock, toAppError, workIds } from '@libs/kernel'
import { AdmitOnce, AdmitSoon, FileUrls, InFlight, type KeyFinder, ProveCaller, RateLimiter } from '@libs/workflow'
import { Injectable, Logger } from '@nestjs/common'
import { ModuleRef } from '@nestjs/core'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type {
  Caller,
  Dialect,
  Exchange,
  Gate,
  HeardRequest,
  NamedAction,
  RawRequest,
  RawResponse,
  RequestHead,
} from './dialect'
import { defaultDialect, dialects } from './dialects'
import { readBody } from './read-body'
import { addressOf, headOf, refuseEncoded } from './request-head'

/** Who answers a request, and what for, as far as that is known. */
interface Heard {
  readonly recognised: Dialect | undefined
  dialect: Dialect
  action: string
}

function recogniserOf(request: HeardRequest): Dialect | undefined {
  return Object.values(dialects).find((dialect) => dialect.recognise(request))
}

/** The door of all dialects. It reads bodies itself: signatures are over their very bytes. */
@Injectable()
export class DialectHost {
  private readonly logger = new Logger(DialectHost.name)

  constructor(
    private readonly proveCaller: ProveCaller,
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
    const recognised = recogniserOf(head)
    if (recognised === undefined && head.path !== '/') return false
    const heard: Heard = { recognised, dialect: recognised ?? defaultDialect, action: 'none' }
    countAnswer(response, () => ({ door: heard.dialect.name, route: heard.action }))
    void this.answer(heard, head, request).then(({ status, headers, body }) => {
      if (response.destroyed) return
      if (!request.complete) response.setHeader('Connection', 'close')
      response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body)
    })
    return true
  }

  private async answer(heard: Heard, head: RequestHead, incoming: IncomingMessage): Promise<RawResponse> {
    let exchange: Exchange = { request: head, requestId: workIds().requestId ?? randomUUID() }
    let leave: (() => void) | undefined
    try {
      leave = this.find(InFlight).enter('call')
      refuseEncoded(head)
      const request = { ...head, body: await readBody(incoming, heard.dialect.maxBodyBytes) }
      heard.dialect = heard.recognised ?? recogniserOf(request) ?? defaultDialect
      exchange = { ...exchange, request }
      return heard.dialect.present(await this.perform(heard, request, addressOf(incoming)), exchange)
    } catch (thrown) {
      const error = toAppError(thrown)
      countRefusal(error.code)
      this.note(error, incoming)
      return heard.dialect.presentError(error, exchange)
    } finally {
      leave?.()
    }
  }

  private async perform(heard: Heard, request: RawRequest, address: string): Promise<object> {
    const { dialect } = heard
    const called = dialect.actionOf(request)
    heard.action = called.name
    const caller = await this.proveCaller.execute(
      address,
      (findKey) => dialect.authenticate(request, this.gate(findKey)),
      called.action.needs,
    )
    await this.refuseTooOften(caller, dialect, called.name)
    await this.refuseRepeated(caller, called)
    return called.action.perform(dialect.parametersOf(request), {
      caller,
      urls: this.urls,
      find: (type) => this.find(type),
    })
  }

  private async refuseTooOften({ secretId }: Caller, dialect: Dialect, action: string): Promise<void> {
    // Products of one vendor have actions of the same name.
    const who = `${dialect.name} ${secretId}`
    if (await this.find(RateLimiter).take(who, action, dialect.callsPerSecond(action))) return
    throw new AppError('request.tooOften', `The key calls ${action} too often; try again in a second.`)
  }

  private async refuseRepeated({ repeatable }: Caller, { action }: NamedAction): Promise<void> {
    if (repeatable === undefined || action.isRead === true || (await this.find(AdmitSoon).execute(repeatable))) return
    throw new AppError('auth.replayed', 'This very request was sent before; sign it anew to send it again.')
  }

  private find<Found>(type: abstract new (...parameters: never[]) => Found): Found {
    return this.moduleRef.get<Found>(type, { strict: false })
  }

  private gate(findKey: KeyFinder): Gate {
    return {
      nowMs: this.clock.nowMs(),
      findKey,
      admitOnce: (signature, expiresAtMs) => this.find(AdmitOnce).execute(signature, new Date(expiresAtMs)),
    }
  }

  private note(error: AppError, { errored, destroyed, complete }: IncomingMessage): void {
    const hungUp = errored !== null || (destroyed && !complete)
    if (error.blame !== 'us' || hungUp) return
    const { cause } = error
    this.logger.error(error.message, cause instanceof Error ? cause.stack : error.stack)
  }
}

import { AppError } from '@libs/kernel'
import { SourceFetcher } from '@libs/tasks'
import { Readable } from 'node:stream'
import { type Agent, type Dispatcher, request } from 'undici'
import { AddressRules } from './address-rules'
import { parseUrl } from './parse-url'
import type { EgressSettings } from './egress.env'
import { guardedAgent, type Resolve } from './guarded-agent'
import { parseRetryAfter } from './retry-after'
import { type BodyLimits, readBody, tooLarge } from './read-body'

const maxRedirects = 3

export interface FetchLimits extends BodyLimits {
  /** For a request and its redirects each: from the look-up of the name to the end of the headers. */
  readonly answerMs: number
  /** How long a server may say nothing. */
  readonly silenceMs: number
}

const defaultLimits: FetchLimits = {
  maxBytes: 50 * 1024 ** 3,
  minBytesPerS: 4_096,
  rateWindowMs: 30_000,
  maxMs: 6 * 3_600_000,
  answerMs: 20_000,
  silenceMs: 15_000,
}

const noAnswer = new AppError('media.temporarilyNotAccessible', 'The server did not answer in time.')

/** Codes of OpenSSL and Node for certificates that no second try makes better; a weak one has none of its own. */
const badCertificate =
  /^(UNSPECIFIED$|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_|ERR_TLS_CERT|ERR_SSL_\w+_TOO_(SMALL|WEAK))/

/** Worth another try although the answer blames the request. */
const passingStatuses = new Set([408, 425, 429])

/** Fetches strangers' URLs for strangers: sees to it that they lead to public places, and end. */
export class GuardedFetcher extends SourceFetcher {
  private readonly agent: Agent
  private readonly limits: FetchLimits

  constructor(settings: EgressSettings, limits: Partial<FetchLimits> = {}, resolve?: Resolve) {
    super()
    this.limits = { ...defaultLimits, ...limits }
    const { silenceMs } = this.limits
    const times = { headersTimeoutMs: silenceMs, bodyTimeoutMs: silenceMs }
    this.agent = guardedAgent(new AddressRules(settings.EGRESS_ALLOW), times, resolve)
  }

  override get maxBytes(): number {
    return this.limits.maxBytes
  }

  async open(url: string, signal: AbortSignal): Promise<Readable> {
    let current = parseUrl(url)
    for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
      const answer = await this.get(current, signal)
      const next = redirectOf(answer, current)
      if (next === undefined) return Readable.from(this.guarded(answer, signal))
      answer.body.on('error', () => undefined).destroy()
      current = next
    }
    throw new AppError('media.notAccessible', `The URL redirects more than ${maxRedirects} times.`)
  }

  private async get(url: URL, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(noAnswer), this.limits.answerMs)
    try {
      // Whatever a server would compress is not a media file as it was stored.
      const headers = { 'accept-encoding': 'identity', 'user-agent': 'stillflow' }
      const signals = AbortSignal.any([signal, late.signal])
      return await request(url, { dispatcher: this.agent, signal: signals, headers })
    } catch (thrown) {
      throw networkFault(thrown, signal)
    } finally {
      clearTimeout(timer)
    }
  }

  /** The body, held to the limits; its faults are ours. */
  private async *guarded({ body, headers }: Dispatcher.ResponseData, signal: AbortSignal): AsyncGenerator<Buffer> {
    const { maxBytes } = this.limits
    try {
      if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
      yield* readBody(body as AsyncIterable<Buffer>, String(headers['content-encoding'] ?? ''), this.limits)
    } catch (thrown) {
      throw networkFault(thrown, signal)
    } finally {
      body.on('error', () => undefined).destroy()
    }
  }
}

/** Where an answer sends us on to; undefined when it is the file itself. @throws AppError for every other answer */
function redirectOf({ statusCode, headers, body }: Dispatcher.ResponseData, from: URL): URL | undefined {
  if (statusCode === 200) return undefined
  const { location } = headers
  try {
    if (statusCode >= 300 && statusCode < 400 && typeof location === 'string') {
      const next = parseUrl(location, from)
      if (from.protocol === 'https:' && next.protocol === 'http:') {
        throw new AppError('url.refused', 'The URL redirects from https to http.')
      }
      return next
    }
    const mayPass = statusCode >= 500 || passingStatuses.has(statusCode)
    const detail = `The URL's server answered with status ${statusCode}.`
    if (!mayPass) throw new AppError('media.notAccessible', detail)
    const retryAfterMs = parseRetryAfter(headers['retry-after'])
    throw new AppError('media.temporarilyNotAccessible', detail, { retryAfterMs })
  } catch (thrown) {
    body.on('error', () => undefined).destroy()
    throw thrown
  }
}

function networkFault(thrown: unknown, signal: AbortSignal): AppError {
  if (thrown instanceof AppError) return thrown
  const reason: unknown = signal.aborted ? signal.reason : undefined
  if (reason instanceof AppError) return reason
  const why = reasonOf(thrown)
  if (badCertificate.test(why)) {
    return new AppError('media.notAccessible', `The server's certificate is not trusted: ${why}.`, { cause: thrown })
  }
  return new AppError('media.temporarilyNotAccessible', `The URL could not be fetched: ${why}.`, { cause: thrown })
}

/** A system's or client's error code, such as ECONNREFUSED: says what is wrong and nothing about our side. */
export function reasonOf(thrown: unknown): string {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined
  return typeof code === 'string' && code !== '' ? code : 'the connection failed'
}

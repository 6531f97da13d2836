import { AppError } from '@libs/kernel'
import { EventSender, type SendResult } from '@libs/workflow'
import { Webhook } from 'standardwebhooks'
import { Counter } from 'prom-client'
import { type Agent, type Dispatcher, request } from 'undici'
import { AddressRules } from './address-rules'
import { parseUrl } from './parse-url'
import type { EgressSettings } from './egress.env'
import { guardedAgent, type Resolve } from './guarded-agent'
import { reasonOf } from './guarded-fetcher'
import { parseRetryAfter } from './retry-after'

const totalTimeoutMs = 20_000
const times = { headersTimeoutMs: 15_000, bodyTimeoutMs: 15_000 }
/** An answer is read only so that the connection ends well. */
const maxAnswerBytes = 64 * 1024

type SentDelivery = Parameters<EventSender['send']>[0]
type Failure = Extract<SendResult, { status: 'failed' }>

const attempts = new Counter({
  name: 'stillflow_delivery_attempts_total',
  help: 'Attempts to deliver an event, by the class of the status that answered.',
  labelNames: ['status'],
})

/** Posts events to the addresses that customers chose. */
export class CallbackSender extends EventSender {
  private readonly agent: Agent

  constructor(
    settings: EgressSettings,
    private readonly timeoutMs = totalTimeoutMs,
    resolve?: Resolve,
  ) {
    super()
    this.agent = guardedAgent(new AddressRules(settings.EGRESS_ALLOW), times, resolve)
  }

  async send(delivery: SentDelivery): Promise<SendResult> {
    try {
      const answer = await this.post(delivery)
      attempts.inc({ status: `${Math.floor(answer.statusCode / 100)}xx` })
      return resultOf(answer)
    } catch (thrown) {
      attempts.inc({ status: 'none' })
      return failure(undefined, describe(thrown))
    }
  }

  private async post({ url, body, headers, eventId, secret }: SentDelivery): Promise<Dispatcher.ResponseData> {
    const sentAt = new Date()
    const answer = await request(parseUrl(url), {
      dispatcher: this.agent,
      method: 'POST',
      body,
      // Names of Standard Webhooks 1.0.0: receivers recognise a repeated event by its id.
      headers: {
        ...headers,
        'content-type': 'application/json',
        'user-agent': 'stillflow',
        'webhook-id': eventId,
        'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
        ...(secret !== '' && { 'webhook-signature': new Webhook(secret).sign(eventId, sentAt, body) }),
      },
      signal: AbortSignal.timeout(this.timeoutMs),
    })
    await answer.body.dump({ limit: maxAnswerBytes })
    return answer
  }
}

function resultOf({ statusCode, headers }: Dispatcher.ResponseData): SendResult {
  if (statusCode >= 200 && statusCode < 300) return { status: 'delivered' }
  const retryAfterMs = parseRetryAfter(headers['retry-after'])
  const isRedirect = statusCode >= 300 && statusCode < 400
  const reason = `status ${statusCode}${isRedirect ? ': redirects are not followed' : ''}`
  return retryAfterMs === undefined ? failure(statusCode, reason) : { ...failure(statusCode, reason), retryAfterMs }
}

function failure(httpStatus: number | undefined, reason: string): Failure {
  return { status: 'failed', httpStatus, reason }
}

function describe(thrown: unknown): string {
  if (thrown instanceof AppError) return thrown.message
  const isTimeout = typeof thrown === 'object' && thrown !== null && 'name' in thrown && thrown.name === 'TimeoutError'
  return isTimeout ? 'no complete answer in time' : reasonOf(thrown)
}

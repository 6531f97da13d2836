import { Agent, request } from 'node:http'
import { performance } from 'node:perf_hooks'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

/** What a client knows of one call, and all that it may go by. */
export interface CallRecord {
  readonly atMs: number
  readonly tookMs: number
  /** Absent when there was no answer. */
  readonly status: number | undefined
  /** Of an accepted call. */
  readonly runId: string | undefined
  /** What the answer said, or how the connection broke. */
  readonly said: string
}

const accepted = z.object({ runId: z.string() })
const patienceMs = 30_000

export interface Answer {
  readonly status: number
  readonly body: string
}

/** A customer's backend with an access key: sends calls in turn to the addresses of the API. */
export class Caller {
  readonly records: CallRecord[] = []
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 32 })
  private turn = 0

  constructor(
    readonly urls: readonly string[],
    readonly accessKey: { readonly secretId: string; readonly secretKey: string },
  ) {}

  /** Those that it was told of. */
  get acceptedRuns(): ReadonlySet<string> {
    return new Set(this.records.flatMap(({ runId }) => runId ?? []))
  }

  /** Asks for a run and notes what came of it; never throws. */
  async askForRun(order: object): Promise<CallRecord> {
    const atMs = Date.now()
    const beganMs = performance.now()
    const record = await this.send('POST', '/v1/runs', order).then(
      ({ status, body }) => ({
        status,
        runId: status === 202 || status === 201 ? accepted.parse(JSON.parse(body)).runId : undefined,
        said: body,
      }),
      (thrown: unknown) => ({ status: undefined, runId: undefined, said: String(thrown) }),
    )
    const whole = { atMs, tookMs: performance.now() - beganMs, ...record }
    this.records.push(whole)
    return whole
  }

  /** @throws Error when the answer is no success */
  async call(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await this.send(method, path, body)
    if (answer.status >= 300) throw new Error(`${method} ${path} was answered ${answer.status}: ${answer.body}`)
    return answer.body === '' ? undefined : JSON.parse(answer.body)
  }

  /** @throws Error when the answer is no success */
  async upload(path: string, form: FormData): Promise<unknown> {
    const { secretId, secretKey } = this.accessKey
    const authorization = `Basic ${Buffer.from(`${secretId}:${secretKey}`).toString('base64')}`
    const response = await fetch(`${this.urls[0] ?? ''}${path}`, {
      method: 'POST',
      body: form,
      headers: { authorization },
    })
    if (!response.ok) throw new Error(`The upload was answered ${response.status}: ${await response.text()}`)
    return response.json()
  }

  send(method: string, path: string, body?: object): Promise<Answer> {
    const url = this.urls[(this.turn += 1) % this.urls.length] ?? ''
    const { secretId, secretKey } = this.accessKey
    const sent = request(`${url}${path}`, {
      agent: this.agent,
      method,
      auth: `${secretId}:${secretKey}`,
      headers: { 'content-type': 'application/json' },
      timeout: patienceMs,
    })
    sent.end(body === undefined ? undefined : JSON.stringify(body))
    return new Promise((resolve, reject) => {
      sent.on('timeout', () => sent.destroy(new Error(`no answer within ${patienceMs} ms`)))
      sent.on('error', reject)
      sent.on('response', (response) => {
        text(response).then((said) => resolve({ status: response.statusCode ?? 0, body: said }), reject)
      })
    })
  }

  /** A connection for itself, as a client without a pool has it. */
  close(): void {
    this.agent.destroy()
  }
}

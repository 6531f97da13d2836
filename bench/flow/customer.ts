import { once } from 'node:events'
import { openAsBlob } from 'node:fs'
import { Agent, createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { BenchProduct } from './instant-product'

const registered = z.object({ mediaId: z.string() })
const described = z.object({ state: z.string() })
const accepted = z.object({ runId: z.string() })
const pulledEvents = z.object({ events: z.array(z.object({ handle: z.string() })) })
const event = z.object({ ProcedureStateChangeEvent: z.object({ TaskId: z.string() }) })

const askEveryMs = 20

/** A customer of the product: calls its REST API, and hears its events over HTTP. */
export class Customer {
  /** When the event of each run arrived. */
  readonly heardAtMs = new Map<string, number>()
  private readonly headers: Readonly<Record<string, string>>
  private readonly agent = new Agent({ keepAlive: true })
  private onHeard: () => void = () => undefined

  private constructor(
    private readonly product: BenchProduct,
    private readonly receiver: Server,
  ) {
    const { secretId, secretKey } = product.accessKey
    const basic = Buffer.from(`${secretId}:${secretKey}`).toString('base64')
    this.headers = { authorization: `Basic ${basic}`, 'content-type': 'application/json' }
  }

  static async of(product: BenchProduct): Promise<Customer> {
    const receiver = createServer().listen(0, '127.0.0.1')
    await once(receiver, 'listening')
    const customer = new Customer(product, receiver)
    receiver.on('request', (request, response) => {
      void customer.hear(request).then(() => response.end())
    })
    const { port } = receiver.address() as AddressInfo
    await customer.call('PUT', '/v1/event-config', { mode: 'push', url: `http://127.0.0.1:${port}/` })
    return customer
  }

  /** Has events wait to be pulled from now on. */
  async preferPulling(): Promise<void> {
    await this.call('PUT', '/v1/event-config', { mode: 'pull', url: '' })
  }

  /** Pulls and confirms events until so many have come. */
  async pull(count: number): Promise<void> {
    for (let pulled = 0; pulled < count;) {
      const { events } = pulledEvents.parse(await this.call('POST', '/v1/events/pull', { limit: 16, waitSeconds: 5 }))
      pulled += events.length
      const handles = events.map(({ handle }) => handle)
      if (handles.length > 0) await this.call('POST', '/v1/events/confirm', { handles })
    }
  }

  /** Uploads a film, or a file whose bytes nobody will look at. */
  async upload(path?: string): Promise<string> {
    const form = new FormData()
    form.set('file', path === undefined ? new Blob(['not looked at']) : await openAsBlob(path), 'clip.mp4')
    const { authorization } = this.headers
    const response = await fetch(`${this.product.url}/v1/media`, {
      method: 'POST',
      headers: { authorization: authorization ?? '' },
      body: form,
    })
    return registered.parse(await response.json()).mediaId
  }

  /** Resolves when a media's facts are known. @throws Error when it failed, or after `limitMs` */
  async ready(mediaId: string, limitMs: number): Promise<void> {
    const deadline = AbortSignal.timeout(limitMs)
    for (;;) {
      const { state } = described.parse(await this.call('GET', `/v1/media/${mediaId}`))
      if (state === 'ready') return
      if (state === 'failed') throw new Error('The media was not understood.')
      await wait(askEveryMs, undefined, { signal: deadline })
    }
  }

  /** Asks for one picture task of each kind. @returns the run's id */
  async processMedia(mediaId: string): Promise<string> {
    const tasks = [
      { kind: 'snapshotByTimeOffset', definition: 10, offsets: ['3.5s'] },
      { kind: 'sampleSnapshot', definition: 10 },
      { kind: 'imageSprites', definition: 10 },
      { kind: 'coverBySnapshot', definition: 10, position: '10%' },
    ]
    return accepted.parse(await this.call('POST', '/v1/runs', { mediaId, tasks })).runId
  }

  /** Resolves when so many events have come. @throws Error after `limitMs` */
  async heard(count: number, limitMs: number): Promise<void> {
    const deadline = AbortSignal.timeout(limitMs)
    while (this.heardAtMs.size < count) {
      await new Promise<void>((resolve, reject) => {
        this.onHeard = resolve
        deadline.onabort = () => reject(new Error(`only ${this.heardAtMs.size} of ${count} events came`))
      })
    }
  }

  async leave(): Promise<void> {
    this.agent.destroy()
    this.receiver.closeAllConnections()
    this.receiver.close()
    await once(this.receiver, 'close')
  }

  private async hear(request: IncomingMessage): Promise<void> {
    const { TaskId } = event.parse(JSON.parse(await text(request))).ProcedureStateChangeEvent
    const runId = /[0-9a-f]{32}/.exec(TaskId)?.[0] ?? TaskId
    this.heardAtMs.set(runId, performance.now())
    this.onHeard()
  }

  private async call(method: string, path: string, body?: object): Promise<unknown> {
    const sent = request(`${this.product.url}${path}`, { method, headers: this.headers, agent: this.agent })
    sent.end(body && JSON.stringify(body))
    const [answer] = (await once(sent, 'response')) as [IncomingMessage]
    const said = await text(answer)
    if ((answer.statusCode ?? 500) >= 400) throw new Error(`${method} ${path}: ${said}`)
    return said === '' ? undefined : JSON.parse(said)
  }
}

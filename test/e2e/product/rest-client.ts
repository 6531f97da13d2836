import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import type { Product } from '../../../apps/standalone/src/start-product'

const registered = z.object({ mediaId: z.string(), runId: z.string().optional() })
const media = z.object({
  state: z.string(),
  coverUrl: z.string().optional(),
  fault: z.object({ code: z.string() }).optional(),
})
const endpoint = z.object({ state: z.string(), disabledReason: z.string().optional() })
const eventConfig = z.object({ secret: z.string(), endpoint: endpoint.optional() })
const task = z.object({ state: z.string(), progressPercent: z.int(), fault: z.object({ code: z.string() }).optional() })
const run = z
  .object({ state: z.string(), startedAt: z.iso.datetime(), finishedAt: z.iso.datetime() })
  .partial()
  .extend({ progressPercent: z.int(), tasks: z.array(task) })

/** Fields that go with a media: the procedure to run and how. */
export type RegisterFields = Readonly<Partial<Record<'procedure' | 'sessionContext' | 'notifyMode', string>>>

interface RestCall {
  readonly method?: string
  readonly body?: FormData | string
  readonly headers?: Readonly<Record<string, string>>
}

/** The plain REST API, as a customer without an SDK calls it. */
export class RestClient {
  private readonly authorization: string

  constructor(private readonly product: Pick<Product, 'url' | 'accessKey'>) {
    const { secretId, secretKey } = product.accessKey
    this.authorization = `Basic ${Buffer.from(`${secretId}:${secretKey}`).toString('base64')}`
  }

  call(path: string, init: RestCall = {}): Promise<Response> {
    const json = typeof init.body === 'string' ? { 'content-type': 'application/json' } : {}
    const headers = { authorization: this.authorization, ...json, ...init.headers }
    return fetch(`${this.product.url}${path}`, { ...init, headers })
  }

  /** Uploads a file as a form. */
  async postFile(file: string, fields: RegisterFields = {}): Promise<Response> {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    form.set('file', await openAsBlob(file), basename(file))
    return this.call('/v1/media', { method: 'POST', body: form })
  }

  async upload(file: string, fields: RegisterFields = {}) {
    return registered.parse(await accepted(this.postFile(file, fields)))
  }

  async pull(url: string, fields: RegisterFields = {}) {
    const body = JSON.stringify({ url, ...fields })
    return registered.parse(await accepted(this.call('/v1/media', { method: 'POST', body })))
  }

  async media(mediaId: string) {
    return media.parse(await accepted(this.call(`/v1/media/${mediaId}`)))
  }

  /** How events go out, with the secret that they are signed with. */
  async eventConfig() {
    return eventConfig.parse(await accepted(this.call('/v1/event-config')))
  }

  /** @param taskId as the vendor's clients know it */
  async run(taskId: string) {
    return run.parse(await accepted(this.call(`/v1/runs/${runIdIn(taskId)}`)))
  }

  /** @param taskId as the vendor's clients know it */
  abort(taskId: string): Promise<Response> {
    return this.call(`/v1/runs/${runIdIn(taskId)}/abort`, { method: 'POST' })
  }
}

function runIdIn(taskId: string): string {
  const [runId = ''] = /[0-9a-f]{32}/.exec(taskId) ?? []
  return runId
}

async function accepted(answer: Promise<Response>): Promise<unknown> {
  const response = await answer
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.url} was answered ${response.status}: ${text}`)
  return JSON.parse(text)
}

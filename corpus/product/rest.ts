import type { Product } from '../../apps/standalone/src/start-product'
import { z } from 'zod'

const registered = z.object({ mediaId: z.string(), runId: z.string().optional() })
export const problem = z.object({ code: z.string(), detail: z.string(), field: z.string().optional() })

interface RestCall {
  readonly method?: string
  readonly body?: FormData | string
  readonly headers?: Readonly<Record<string, string>>
}

/** Bytes with the name that their owner gives them. */
export interface NamedFile {
  readonly bytes: Blob
  readonly name: string
}

/** The product's REST API, as a customer calls it. */
export class Rest {
  constructor(
    private readonly product: Pick<Product, 'url' | 'accessKey'>,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** The same API in another sub-application. */
  inSubApp(id: number): Rest {
    return new Rest(this.product, { 'stillflow-sub-app': String(id) })
  }

  call(path: string, { headers, ...init }: RestCall = {}): Promise<Response> {
    const { secretId, secretKey } = this.product.accessKey
    const authorization = `Basic ${Buffer.from(`${secretId}:${secretKey}`).toString('base64')}`
    const json = typeof init.body === 'string' ? { 'content-type': 'application/json' } : {}
    return fetch(`${this.product.url}${path}`, {
      ...init,
      headers: { authorization, ...json, ...this.headers, ...headers },
      signal: AbortSignal.timeout(60_000),
    })
  }

  post(path: string, body: object): Promise<Response> {
    return this.call(path, { method: 'POST', body: JSON.stringify(body) })
  }

  /** @throws Error when it is refused */
  async ask(path: string, body?: object, method = 'POST'): Promise<unknown> {
    const init = body === undefined ? {} : { method, body: JSON.stringify(body) }
    return accepted(await this.call(path, init))
  }

  postFile({ bytes, name }: NamedFile, procedure?: string): Promise<Response> {
    const form = new FormData()
    if (procedure !== undefined) form.set('procedure', procedure)
    form.set('file', bytes, name)
    return this.call('/v1/media', { method: 'POST', body: form })
  }

  async upload(file: NamedFile, procedure?: string) {
    return registered.parse(await accepted(await this.postFile(file, procedure)))
  }

  async pull(url: string, procedure: string) {
    return registered.parse(await this.ask('/v1/media', { url, procedure }))
  }
}

async function accepted(response: Response): Promise<unknown> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${new URL(response.url).pathname} was answered ${response.status}: ${text}`)
  return JSON.parse(text)
}

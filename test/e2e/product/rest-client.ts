import { answerOf, type Client, openClient, type UploadFields, uploadMedia } from '@libs/client'
import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import type { Product } from '../../../apps/standalone/src/start-product'

interface RestCall {
  readonly method?: string
  readonly body?: FormData | string
  readonly headers?: Readonly<Record<string, string>>
}

/** The plain REST API, as a customer without an SDK calls it. */
export class RestClient {
  /** For calls that the API's description knows. */
  readonly api: Client

  constructor(private readonly product: Pick<Product, 'url' | 'accessKey'>) {
    this.api = openClient(product)
  }

  /** What no typed client sends, or has to be looked at byte by byte. */
  call(path: string, init: RestCall = {}): Promise<Response> {
    const { secretId, secretKey } = this.product.accessKey
    const json = typeof init.body === 'string' ? { 'content-type': 'application/json' } : {}
    const headers = { authorization: `Basic ${btoa(`${secretId}:${secretKey}`)}`, ...json, ...init.headers }
    return fetch(`${this.product.url}${path}`, { ...init, headers })
  }

  async upload(file: string, fields: UploadFields = {}) {
    return uploadMedia(this.api, await openAsBlob(file), basename(file), fields)
  }

  pull(url: string, fields: UploadFields = {}) {
    return answerOf(this.api.POST('/v1/media', { body: { url, ...fields } }))
  }

  media(mediaId: string) {
    return answerOf(this.api.GET('/v1/media/{mediaId}', { params: { path: { mediaId } } }))
  }

  /** How events go out, with the secret that they are signed with. */
  eventConfig() {
    return answerOf(this.api.GET('/v1/event-config'))
  }

  /** @param taskId as the vendor's clients know it */
  run(taskId: string) {
    return answerOf(this.api.GET('/v1/runs/{runId}', { params: { path: { runId: runIdIn(taskId) } } }))
  }

  /** @param taskId as the vendor's clients know it */
  abort(taskId: string) {
    return answerOf(this.api.POST('/v1/runs/{runId}/abort', { params: { path: { runId: runIdIn(taskId) } } }))
  }
}

function runIdIn(taskId: string): string {
  const [runId = ''] = /[0-9a-f]{32}/.exec(taskId) ?? []
  return runId
}

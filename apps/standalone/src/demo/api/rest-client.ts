import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import { DemoFailure } from '../demo-failure'

const problem = z.object({ detail: z.string() })

/** The plain REST API as a customer sees it: JSON over HTTP Basic. */
export class RestClient {
  private readonly authorization: string

  constructor(
    private readonly baseUrl: string,
    key: { readonly secretId: string; readonly secretKey: string },
  ) {
    this.authorization = `Basic ${Buffer.from(`${key.secretId}:${key.secretKey}`).toString('base64')}`
  }

  /** @throws DemoFailure `refused` with the API's own words */
  async get(path: string): Promise<unknown> {
    return this.call(path, {})
  }

  /** @throws DemoFailure `refused` */
  async send(method: 'POST' | 'PUT', path: string, body: object): Promise<unknown> {
    return this.call(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  }

  /** Uploads a file as a form, streaming it from disk. @throws DemoFailure `refused` */
  async upload(path: string, file: string, fields: Readonly<Record<string, string>>): Promise<unknown> {
    const form = new FormData()
    // Fields come before the file, so that the API knows them when the bytes arrive.
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    form.set('file', await openAsBlob(file), basename(file))
    return this.call(path, { method: 'POST', body: form })
  }

  /** The bytes of a stream of events, from behind the one that was the last. @throws DemoFailure `refused` */
  async listen(path: string, lastEventId: string | undefined): Promise<ReadableStream<Uint8Array>> {
    const { body } = await this.fetch(
      path,
      lastEventId === undefined ? {} : { headers: { 'last-event-id': lastEventId } },
    )
    if (body !== null) return body
    throw new DemoFailure('refused', `GET ${path} was answered without a body.`)
  }

  private async call(path: string, init: RequestInit): Promise<unknown> {
    const text = await (await this.fetch(path, init)).text()
    return text === '' ? undefined : JSON.parse(text)
  }

  private async fetch(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('authorization', this.authorization)
    const response = await fetch(`${this.baseUrl}${path}`, { ...init, headers })
    if (response.ok) return response
    const text = await response.text()
    const said = problem.safeParse(parsed(text))
    const why = said.success ? said.data.detail : text.slice(0, 500)
    throw new DemoFailure('refused', `${init.method ?? 'GET'} ${path} was answered ${response.status}: ${why}`)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

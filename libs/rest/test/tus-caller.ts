import { Upload } from 'tus-js-client'

/** HTTP Basic with the key that `openRest` keeps. */
export const authorization = `Basic ${Buffer.from('id:s:ecret').toString('base64')}`

type Headers = Readonly<Record<string, string>>

export interface TusCall {
  readonly headers?: Headers
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream
}

/** Sends one request as the protocol has it; its answer is read. */
export async function tus(method: string, url: string, { headers, body }: TusCall = {}) {
  const all = { authorization, 'tus-resumable': '1.0.0', ...headers }
  const response = await fetch(url, { method, headers: all, ...(body !== undefined && { body, duplex: 'half' }) })
  const text = await response.text()
  const { code, field } = (text === '' ? {} : JSON.parse(text)) as { code?: string; field?: string }
  return { status: response.status, code, field, headers: response.headers }
}

/** Names and values as they stand in the header. */
export function metadataOf(values: Readonly<Record<string, string | Buffer>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',')
}

interface Options {
  readonly endpoint: string
  readonly metadata?: Readonly<Record<string, string>>
  readonly chunkSize?: number
  readonly unknownLength?: boolean
  /** Where it stops, as a browser that is closed. */
  readonly stopAfterBytes?: number
  /** Where it goes on. */
  readonly uploadUrl?: string | null
}

/** Uploads with the client that everybody uses. @returns the upload's URL and what the last answer said */
export function uploadWithClient(
  bytes: Buffer,
  { endpoint, metadata, chunkSize = Infinity, unknownLength = false, stopAfterBytes, uploadUrl = null }: Options,
): Promise<{ readonly url: string; readonly mediaId: string | undefined }> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint,
      uploadUrl,
      chunkSize,
      headers: { authorization },
      uploadLengthDeferred: unknownLength,
      retryDelays: [],
      ...(metadata && { metadata }),
      onError: reject,
      onSuccess: ({ lastResponse }) =>
        resolve({ url: upload.url ?? '', mediaId: lastResponse.getHeader('Stillflow-Media-Id') }),
      onChunkComplete: (_size, accepted) => {
        if (stopAfterBytes === undefined || accepted < stopAfterBytes) return
        upload.abort().then(() => resolve({ url: upload.url ?? '', mediaId: undefined }), reject)
      },
    })
    upload.start()
  })
}

import createClient, { type Client as FetchClient } from 'openapi-fetch'
import type { paths } from './openapi-types'

/** A method for each of HTTP's, which takes a path of the API and what belongs to it. */
export type Client = FetchClient<paths>

export interface ClientOptions {
  /** Where the API answers, without `/v1`. */
  readonly url: string
  readonly accessKey: { readonly secretId: string; readonly secretKey: string }
  /** The sub-application to act in, for keys of the main one. */
  readonly subAppId?: number | undefined
}

/** A client whose paths, parameters, bodies and answers are those of `docs/openapi.json`. */
export function openClient({ url, accessKey: { secretId, secretKey }, subAppId }: ClientOptions): Client {
  const authorization = `Basic ${Buffer.from(`${secretId}:${secretKey}`).toString('base64')}`
  return createClient<paths>({
    baseUrl: url,
    headers: { authorization, ...(subAppId !== undefined && { 'stillflow-sub-app': String(subAppId) }) },
  })
}

import OldClient, {
  Config as OldConfig,
  OpenApiRequest as OldRequest,
  Params as OldParams,
} from '@alicloud/openapi-client'
import Client, { $OpenApiUtil, OpenApiUtil } from '@alicloud/openapi-core'
import PopClient from '@alicloud/pop-core'
import { RuntimeOptions as OldRuntime } from '@alicloud/tea-util'
import { RuntimeOptions } from '@darabonba/typescript'

export interface AliyunDoor {
  /** Without a path. */
  readonly url: string
  readonly accessKey: { readonly secretId: string; readonly secretKey: string }
}

/** One of the vendor's own clients. */
export interface AliyunCaller {
  /**
   * @param parameters with lists and objects, which each client puts as its SDKs do
   * @throws what the vendor's client throws: `.code` is the answer's
   */
  call(action: string, parameters: object): Promise<unknown>
}

type MakeCaller = (door: AliyunDoor, version: string) => AliyunCaller

/** Lists and objects as JSON, as the vendor's typed SDKs put them. */
function withText(parameters: object): Record<string, string> {
  const given = Object.entries(parameters as Readonly<Record<string, unknown>>).filter(
    ([, value]) => value !== undefined,
  )
  return Object.fromEntries(
    given.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}

const pathname = '/'

function settingsOf({ url, accessKey }: AliyunDoor) {
  const { secretId: accessKeyId, secretKey: accessKeySecret } = accessKey
  return { accessKeyId, accessKeySecret, endpoint: new URL(url).host, protocol: 'http' }
}

const callParams = (action: string, version: string) => ({
  ...{ action, version, pathname, protocol: 'HTTP', method: 'POST', authType: 'AK', style: 'RPC' },
  ...{ reqBodyType: 'formData', bodyType: 'json' },
})

function current(written: (parameters: object) => Record<string, string>): MakeCaller {
  return (door, version) => {
    const client = new Client(new $OpenApiUtil.Config(settingsOf(door)))
    return {
      async call(action, parameters) {
        const request = new $OpenApiUtil.OpenApiRequest({ query: written(parameters) })
        const params = new $OpenApiUtil.Params(callParams(action, version))
        const answer: unknown = await client.callApi(params, request, new RuntimeOptions({}))
        return bodyOf(answer)
      },
    }
  }
}

/** As all current SDKs of the vendor's products do. */
export const currentAliyun: MakeCaller = current(withText)

/** The generation of SDKs before; the oldest of them send a form that is signed HMAC-SHA1. */
function earlier(sends: 'query' | 'form', signatureAlgorithm?: 'v2'): MakeCaller {
  return (door, version) => {
    const client = new OldClient(
      new OldConfig({ ...settingsOf(door), ...(signatureAlgorithm && { signatureAlgorithm }) }),
    )
    return {
      async call(action, parameters) {
        const text = withText(parameters)
        const request = new OldRequest(sends === 'form' ? { body: text } : { query: text })
        const runtime = new OldRuntime({})
        const answer: unknown =
          sends === 'form'
            ? await client.doRPCRequest(action, version, 'HTTP', 'POST', 'AK', 'json', request, runtime)
            : await client.callApi(new OldParams(callParams(action, version)), request, runtime)
        return bodyOf(answer)
      },
    }
  }
}

function pop(method: 'GET' | 'POST'): MakeCaller {
  return ({ url, accessKey }, apiVersion) => {
    const { secretId: accessKeyId, secretKey: accessKeySecret } = accessKey
    const client = new PopClient({ endpoint: url, apiVersion, accessKeyId, accessKeySecret })
    // Lists as they are: this client flattens them, and cannot write objects.
    const written = (parameters: object) => ({ ...withText(parameters), ...listsOf(parameters) })
    return { call: (action, parameters) => client.request<unknown>(action, written(parameters), { method }) }
  }
}

function listsOf(parameters: object): object {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => Array.isArray(value)))
}

function bodyOf(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'body' in answer ? answer.body : undefined
}

/** The vendor's clients by how they sign and send. */
export const aliyunCallers: Readonly<Record<string, MakeCaller>> = {
  'openapi-core, ACS3': currentAliyun,
  'openapi-core, ACS3, flattened': current((parameters) => OpenApiUtil.query(parameters)),
  'openapi-client, ACS3': earlier('query'),
  'openapi-client, HMAC-SHA1 by query': earlier('query', 'v2'),
  'openapi-client, HMAC-SHA1 by form': earlier('form'),
  'pop-core, HMAC-SHA1 by GET': pop('GET'),
  'pop-core, HMAC-SHA1 by POST': pop('POST'),
}

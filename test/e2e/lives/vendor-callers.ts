import { vod } from 'tencentcloud-sdk-nodejs-vod'
import type { Product } from '../../../apps/standalone/src/start-product'
import { ClientProfile, Credential, HttpProfile, intlSdk } from './intl-sdk'

/** One of the vendor's own clients. */
export interface VendorCaller {
  /** @throws what the vendor's client throws: `.code` and `.message` are the answer's */
  call(action: string, parameters: object): Promise<unknown>
}

type Door = Pick<Product, 'url' | 'accessKey'>

function mainland(signMethod: 'TC3-HMAC-SHA256' | 'HmacSHA256' | 'HmacSHA1', reqMethod: 'POST' | 'GET') {
  return ({ url, accessKey }: Door): VendorCaller => {
    const httpProfile = { endpoint: new URL(url).host, protocol: 'http://', reqMethod }
    const profile = { signMethod, httpProfile }
    const client = new vod.v20180717.Client({ credential: accessKey, region: 'ap-guangzhou', profile })
    return { call: (action, parameters) => client.request(action, parameters) }
  }
}

/** Its models drop members that they don't know; the life wants to see those too. */
function international({ url, accessKey }: Door): VendorCaller {
  const { Client, Models } = intlSdk
  const profile = new ClientProfile(undefined, new HttpProfile('http://', new URL(url).host, 'POST'))
  const client = new Client(new Credential(accessKey.secretId, accessKey.secretKey), 'ap-guangzhou', profile)
  const modelOf = (name: string) => {
    const Model = Models[name]
    if (Model === undefined) throw new Error(`The international SDK has no ${name}.`)
    return new Model()
  }
  return {
    call: (action, parameters) =>
      new Promise((resolve, reject) => {
        const request = modelOf(`${action}Request`)
        request.deserialize(parameters)
        const response = modelOf(`${action}Response`)
        let whole: object = {}
        const deserialize = (members: object): void => {
          whole = members
          response.deserialize(members)
        }
        client.request(action, request, { deserialize }, {}, (error) => {
          if (error === null) resolve(whole)
          else reject(error)
        })
      }),
  }
}

/** The vendor's clients by how they sign and send. */
export const vendorCallers: Readonly<Record<string, (door: Door) => VendorCaller>> = {
  'the SDK, TC3 by POST': mainland('TC3-HMAC-SHA256', 'POST'),
  'the SDK, TC3 by GET': mainland('TC3-HMAC-SHA256', 'GET'),
  'the SDK, HmacSHA256 by POST': mainland('HmacSHA256', 'POST'),
  'the SDK, HmacSHA1 by GET': mainland('HmacSHA1', 'GET'),
  'the international SDK': international,
}

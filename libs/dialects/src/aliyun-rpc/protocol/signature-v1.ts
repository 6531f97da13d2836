import { createHmac } from 'node:crypto'
import type { RawRequest } from '../../dialect'
import { VendorRefusal } from '../../parameters/vendor-refusal'
import { canonicalQuery, percentEncode } from './percent-encode'
import { rpcParametersOf } from './rpc-parameters'
import type { Signing } from './signing'

/** What the parameters that describe a signature can say. */
const known: Readonly<Record<string, readonly string[]>> = {
  SignatureMethod: ['HMAC-SHA1'],
  SignatureVersion: ['1.0'],
  SignatureType: ['', 'HMAC-SHA1'],
}

/**
 * Reads the parameters that sign the others.
 * @throws AppError `request.malformed`, `auth.malformed`
 */
export function signingV1(request: RawRequest): Signing {
  const parameters = rpcParametersOf(request)
  const of = (field: string) => ({ value: parameters.get(field) ?? '', field })
  for (const [field, values] of Object.entries(known)) {
    const value = parameters.get(field) ?? values[0]
    if (value !== undefined && values.includes(value)) continue
    throw new VendorRefusal('auth.malformed', 'This is not served.', { field }, 'InvalidSignatureMethod')
  }
  return {
    accessKeyId: of('AccessKeyId').value,
    signature: of('Signature').value,
    nonce: of('SignatureNonce'),
    time: of('Timestamp'),
    sign: (secretKey) => signV1(request.method, [...parameters], secretKey),
  }
}

/** The signature that parameters should carry (Alibaba Cloud, "RPC signature"), in base64. */
export function signV1(
  method: string,
  parameters: readonly (readonly [name: string, value: string])[],
  secretKey: string,
): string {
  const signed = canonicalQuery(parameters.filter(([name]) => name !== 'Signature'))
  const stringToSign = `${method}&%2F&${percentEncode(signed)}`
  return createHmac('sha1', `${secretKey}&`).update(stringToSign).digest('base64')
}

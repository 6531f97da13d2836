import type { DialectSubject } from '@libs/testing'
import { z } from 'zod'
import { canonicalQuery } from '../src/aliyun-rpc/protocol/percent-encode'
import { signV1 } from '../src/aliyun-rpc/protocol/signature-v1'
import { signV3 } from '../src/aliyun-rpc/protocol/signature-v3'
import { vendorTime } from '../src/aliyun-rpc/vendor-time'

type Sign = DialectSubject['sign']

const answer = z.object({ Code: z.string().optional() })
const nonce = '0123456789abcdef'

const asText = (parameters: object) =>
  Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)])

const acs3 =
  (version: string, host: string): Sign =>
  (action, parameters, { secretId, secretKey }, atMs) => {
    const headers = {
      host,
      'x-acs-action': action,
      'x-acs-version': version,
      'x-acs-date': vendorTime(new Date(atMs)),
      'x-acs-signature-nonce': nonce,
    }
    const query = canonicalQuery(asText(parameters))
    const unsigned = { method: 'POST', path: '/', query, headers, body: Buffer.alloc(0) }
    const names = Object.keys(headers)
    const signature = signV3(unsigned, names, secretKey)
    const authorization = `ACS3-HMAC-SHA256 Credential=${secretId},SignedHeaders=${names.join(';')},Signature=${signature}`
    return { ...unsigned, headers: { ...headers, authorization } }
  }

const hmacSha1 =
  (version: string, method: 'GET' | 'POST'): Sign =>
  (action, parameters, { secretId, secretKey }, atMs) => {
    const signed: readonly [string, string][] = [
      ...asText(parameters),
      ...asText({ Action: action, Version: version, Format: 'JSON', AccessKeyId: secretId }),
      ...asText({ SignatureMethod: 'HMAC-SHA1', SignatureVersion: '1.0', SignatureNonce: nonce }),
      ['Timestamp', vendorTime(new Date(atMs))],
    ]
    const signature = signV1(method, signed, secretKey)
    const text = new URLSearchParams([...signed, ['Signature', signature]]).toString()
    if (method === 'GET') return { method, path: '/', query: text, headers: {}, body: Buffer.alloc(0) }
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return { method, path: '/', query: '', headers, body: Buffer.from(text) }
  }

/** The ways in which the vendor's clients sign, by name. @param host where they send it, with the port */
export function aliyunSigners(
  version: string,
  host = '127.0.0.1:8080',
): readonly (readonly [name: string, sign: Sign])[] {
  return [
    ['ACS3-HMAC-SHA256', acs3(version, host)],
    ['HMAC-SHA1 in a form', hmacSha1(version, 'POST')],
    ['HMAC-SHA1 in the query', hmacSha1(version, 'GET')],
  ]
}

/** What both of the vendor's products have alike. */
export const aliyunFacts: Pick<DialectSubject, 'skewMs' | 'errorCodeOf'> = {
  skewMs: 15 * 60_000,
  errorCodeOf: ({ body }) => answer.parse(JSON.parse(body)).Code,
}

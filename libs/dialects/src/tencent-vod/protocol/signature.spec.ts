import { mainSubApp } from '@libs/kernel'
import type { RawRequest } from '../../dialect'
import { parseAuthorization, signRequest, verifySignature } from './signature'

const nowMs = 1_700_000_000_000
const key = { secretId: 'AKIDEXAMPLE', secretKey: 'SECRETKEYEXAMPLE', subAppId: mainSubApp }
const gate = {
  nowMs,
  findKey: (secretId: string) => Promise.resolve(secretId === key.secretId ? key : undefined),
  admitOnce: () => Promise.resolve(true),
}

function aRequest(host: string, authorization: string, overrides: Record<string, string> = {}): RawRequest {
  const headers = { host, authorization, 'content-type': 'application/json', 'x-tc-timestamp': '1700000000' }
  return {
    method: 'POST',
    path: '/',
    query: '',
    headers: { ...headers, ...overrides },
    body: Buffer.from('{"FileId":"1"}'),
  }
}

function authorizationOf(service: string, signature: string, signedHeaders = 'content-type;host'): string {
  return `TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/2023-11-14/${service}/tc3_request, SignedHeaders=${signedHeaders}, Signature=${signature}`
}

/** What the vendor's own signers make of one request; the signed host may lack the port that was sent. */
const vectors = [
  ['127', '127.0.0.1', '127.0.0.1:35351', '97e3ffa5a1b87abce913f284b4488dda4766ce145d2c3150139952257610af8e'],
  ['localhost:9000', 'localhost', 'localhost:9000', 'd72b9d4121af7091615f131a869d65312b0f80b2f179ba3416e0d1c9c5332e8e'],
  ['vod', '127.0.0.1:9000', '127.0.0.1:9000', '35ca37f78a9e384ad6b3075301338baedd9d0d0c949d2c2edccb01677fd3d976'],
  [
    'vod',
    'vod.tencentcloudapi.com',
    'vod.tencentcloudapi.com',
    'b3ec688fa626aedaf740f82d8a879d99b9222ee35ba702bac7c00704a3e0c116',
  ],
] as const

describe('TC3-HMAC-SHA256', () => {
  it.each(vectors)(
    'signs for service %s and host %s as the vendor does',
    (service, signedHost, sentHost, signature) => {
      const request = aRequest(sentHost, '')
      const scope = { date: '2023-11-14', service, signedHeaders: ['content-type', 'host'] }
      expect(signRequest(request, scope, key.secretKey, signedHost)).toBe(signature)
    },
  )

  it.each(vectors)('verifies service %s, host %s sent as %s', async (service, _signedHost, sentHost, signature) => {
    const request = aRequest(sentHost, authorizationOf(service, signature))
    expect(await verifySignature(request, gate)).toMatchObject({ subAppId: mainSubApp, secretId: 'AKIDEXAMPLE' })
  })

  it('verifies further signed headers, their values trimmed and in lower case', async () => {
    const unsigned = aRequest('h', '', { 'x-tc-action': 'PullEvents' })
    const signedHeaders = ['content-type', 'host', 'x-tc-action']
    const scope = { date: '2023-11-14', service: 'vod', signedHeaders }
    const signature = signRequest(unsigned, scope, key.secretKey, 'h')
    const authorization = authorizationOf('vod', signature, signedHeaders.join(';'))
    const request = aRequest('h', authorization, { 'x-tc-action': 'PullEvents' })
    expect(await verifySignature(request, gate)).toMatchObject({ subAppId: mainSubApp, secretId: 'AKIDEXAMPLE' })
  })

  it('leaves the body out when the client says that it did', async () => {
    const payload = { 'x-tc-content-sha256': 'UNSIGNED-PAYLOAD' }
    const scope = { date: '2023-11-14', service: 'vod', signedHeaders: ['content-type', 'host'] }
    const signature = signRequest({ ...aRequest('h', '', payload), body: Buffer.from('x') }, scope, key.secretKey, 'h')
    const request = aRequest('h', authorizationOf('vod', signature), payload)
    expect(await verifySignature(request, gate)).toMatchObject({ subAppId: mainSubApp, secretId: 'AKIDEXAMPLE' })
  })

  const good = authorizationOf('vod', 'a'.repeat(64))
  it.each([
    ['auth.missing', '', {}],
    ['auth.malformed', 'Basic abc', {}],
    ['auth.malformed', 'TC3-HMAC-SHA256', {}],
    ['auth.malformed', good.replace('/tc3_request', ''), {}],
    ['auth.malformed', good.replace('content-type;host', 'host'), {}],
    ['auth.malformed', authorizationOf('vod', 'zz'), {}],
    ['auth.malformed', good.replace('2023-11-14', '2023-11-15'), {}],
    ['auth.badSignature', good, {}],
    ['auth.unknownKey', good.replace('AKIDEXAMPLE', 'AKIDNOBODY'), {}],
    ['auth.expired', good, { 'x-tc-timestamp': '1699999699' }],
    ['request.missingParameter', good, { 'x-tc-timestamp': '' }],
    ['request.invalidParameter', good, { 'x-tc-timestamp': '17e8' }],
    ['auth.expired', good, { 'x-tc-timestamp': '99999999999' }],
  ])('answers %s to %j with %j', async (code, authorization, headers) => {
    await expect(verifySignature(aRequest('h', authorization, headers), gate)).rejects.toMatchObject({ code })
  })

  it('takes whatever stands between the date and tc3_request for the service', () => {
    expect(parseAuthorization(authorizationOf('a/b:9', 'a'.repeat(64))).service).toBe('a/b:9')
  })
})

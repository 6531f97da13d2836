import { mainSubApp } from '@libs/kernel'
import type { RawRequest } from '../../dialect'
import { signedFormOf, signForm, verifyForm } from './signed-form'

const nowMs = 1_700_000_000_000
const key = { secretId: 'AKIDEXAMPLE', secretKey: 'SECRETKEYEXAMPLE', subAppId: mainSubApp }

/** What the vendor's own signer makes of one request. */
const vectors = [
  ['HmacSHA256', 'DQ7C1OJ9GDbRQrlj0UoRmueCvRjVwCcUK6+QeVXW+Qk='],
  ['HmacSHA1', 'cjRjnzXvV26+Hm8kuNMeLXqDc0E='],
] as const

const signed = {
  Action: 'PullEvents',
  Nonce: '11886',
  Region: 'ap-guangzhou',
  RequestClient: 'SDK_NODEJS_4.1.220',
  SecretId: 'AKIDEXAMPLE',
  Timestamp: '1700000000',
  Version: '2018-07-17',
}

function aGate() {
  const admitted = new Set<string>()
  return {
    nowMs,
    findKey: (secretId: string) => Promise.resolve(secretId === key.secretId ? key : undefined),
    admitOnce: (signature: string) => Promise.resolve(admitted.size < admitted.add(signature).size),
  }
}

function aRequest(parameters: Record<string, string>, overrides: Partial<RawRequest> = {}): RawRequest {
  const headers = { host: '127.0.0.1:9000', 'content-type': 'application/x-www-form-urlencoded' }
  const body = Buffer.from(new URLSearchParams(parameters).toString())
  return { method: 'POST', path: '/', query: '', headers, body, ...overrides }
}

function verify(request: RawRequest, gate = aGate()) {
  return verifyForm(request, signedFormOf(request) ?? new URLSearchParams(), gate)
}

describe('a signed form', () => {
  it.each(vectors)('is signed with %s as the vendor does, and verified once', async (SignatureMethod, Signature) => {
    const gate = aGate()
    const request = aRequest({ ...signed, SignatureMethod, Signature })
    expect(await verify(request, gate)).toEqual({ subAppId: mainSubApp, secretId: key.secretId })
    await expect(verify(request, gate)).rejects.toMatchObject({ code: 'auth.replayed', field: 'Nonce' })
  })

  it('may be a query, and is signed with SHA-1 unless SHA-256 is asked for by its exact name', async () => {
    for (const method of [undefined, 'HmacMD5', 'hmacsha256']) {
      const parameters = new URLSearchParams({ ...signed, ...(method !== undefined && { SignatureMethod: method }) })
      parameters.set('Signature', signForm({ method: 'GET', path: '/' }, parameters, key.secretKey, '127.0.0.1'))
      const query = parameters.toString().replaceAll('+', '%20')
      const request = aRequest({}, { method: 'GET', query, body: Buffer.alloc(0) })
      expect(await verify(request)).toMatchObject({ secretId: key.secretId })
    }
  })

  it('is signed over the text of its values, not over how they are written', async () => {
    const parameters = new URLSearchParams({ ...signed, MediaUrl: 'http://h/a b+c%20中&x=1' })
    parameters.set('Signature', signForm({ method: 'POST', path: '/' }, parameters, key.secretKey, '127.0.0.1:9000'))
    expect(await verify(aRequest(Object.fromEntries(parameters)))).toMatchObject({ secretId: key.secretId })
  })

  const Signature = vectors[0][1]
  const good = { ...signed, SignatureMethod: 'HmacSHA256', Signature }
  it.each([
    ['auth.badSignature', { Signature: Signature.replace('D', 'E') }],
    ['auth.badSignature', { Signature: 'short' }],
    ['auth.badSignature', { FileId: '1' }],
    ['auth.unknownKey', { SecretId: 'AKIDNOBODY' }],
    ['auth.expired', { Timestamp: '1699999699' }],
    ['request.invalidParameter', { Timestamp: '17e8' }],
    ['request.invalidParameter', { Nonce: 'once' }],
    ['request.missingParameter', { Nonce: '' }],
    ['request.missingParameter', { Signature: '' }],
    ['request.missingParameter', { SecretId: '' }],
  ])('is answered %s when it is changed by %j', async (code, change) => {
    await expect(verify(aRequest({ ...good, ...change }))).rejects.toMatchObject({ code })
  })

  it('is told from a request that a header signs, and has at most 1 MB', () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-tc-action': 'PullEvents' }
    expect(signedFormOf(aRequest({}, { headers }))).toBeUndefined()
    expect(signedFormOf(aRequest({}, { headers: { 'content-type': 'application/json' } }))).toBeUndefined()
    const body = Buffer.alloc(1024 * 1024 + 1, 'a')
    expect(() => signedFormOf(aRequest({}, { body }))).toThrow('at most 1048576 bytes')
  })
})

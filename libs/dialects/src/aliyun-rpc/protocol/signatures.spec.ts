import type { RawRequest } from '../../dialect'
import { signV1 } from './signature-v1'
import { isSignedV3, signV3, signingV3 } from './signature-v3'

const headers = {
  host: '127.0.0.1:8080',
  'x-acs-action': 'SubmitSnapshotJob',
  'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'x-acs-credentials-provider': 'static_ak',
  'x-acs-date': '2026-01-02T03:04:05Z',
  'x-acs-signature-nonce': '0123456789abcdef',
  'x-acs-version': '2017-03-21',
}
const signature = '6835c6cc66e022302cefc6a8dee2fbda1e2e53d68fe0d218bc1145ccde88de1c'
const signedHeaders = Object.keys(headers)

function request(overrides: Partial<RawRequest> = {}): RawRequest {
  const query = 'VideoId=v%201*&UserData=%E4%B8%AD'
  return { method: 'POST', path: '/', query, headers, body: Buffer.alloc(0), ...overrides }
}

function authorized(names: readonly string[], more: Readonly<Record<string, string>> = {}): RawRequest {
  const authorization = `ACS3-HMAC-SHA256 Credential=testAk,SignedHeaders=${names.join(';')},Signature=${signature}`
  return request({ headers: { ...headers, ...more, authorization } })
}

describe('the third version', () => {
  it('signs as the SDK does, whatever the query leaves unescaped', () => {
    expect(signV3(request(), signedHeaders, 'testSecret')).toBe(signature)
    const escaped = request({ query: 'UserData=%E4%B8%AD&VideoId=v+1%2A' })
    expect(signV3(escaped, signedHeaders.toReversed(), 'testSecret')).toBe(signature)
  })

  it('is read from the header', () => {
    const signing = signingV3(authorized(signedHeaders))
    expect(signing).toMatchObject({ accessKeyId: 'testAk', signature, time: { value: '2026-01-02T03:04:05Z' } })
    expect(signing.sign('testSecret')).toBe(signature)
  })

  it.each(['host', 'x-acs-action', 'x-acs-version', 'x-acs-date', 'x-acs-signature-nonce'])(
    'is refused when it leaves %s out',
    (left) => {
      const names = signedHeaders.filter((name) => name !== left)
      expect(() => signingV3(authorized(names))).toThrow(left)
    },
  )

  it('is refused when the body is another, or the algorithm', () => {
    expect(() => signingV3(authorized(signedHeaders, { 'x-acs-content-sha256': '00' }))).toThrow('hash of the body')
    const other = request({ headers: { ...headers, authorization: 'ACS3-RSA-SHA256 Credential=a' } })
    expect(isSignedV3(other)).toBe(true)
    expect(() => signingV3(other)).toThrow('ACS3-HMAC-SHA256')
  })
})

describe('the first version', () => {
  const parameters = Object.entries({
    Action: 'ListSnapshots',
    Format: 'JSON',
    Version: '2017-03-21',
    Timestamp: '2026-01-02T03:04:05Z',
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: '0123456789abcdef',
    AccessKeyId: 'testAk',
    VideoId: 'v 1*',
  })

  it.each([
    ['POST', 'd4UmsWuwxFVP5NPaQaaCcJ/Euww='],
    ['GET', 'KYBkDpOE1tPLfEUU080kh0LTfYE='],
  ])('signs a %s as the SDK does', (method, expected) => {
    expect(signV1(method, parameters, 'testSecret')).toBe(expected)
    expect(signV1(method, [...parameters.toReversed(), ['Signature', expected]], 'testSecret')).toBe(expected)
  })
})

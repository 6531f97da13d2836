import { queueBackends } from '@libs/testing'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { z } from 'zod'
import { sendRaw } from './product/send-raw'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const answer = z.object({ Response: z.object({ Error: z.object({ Code: z.string() }).optional() }) })

async function codeOf(response: Promise<Response>): Promise<string | undefined> {
  return answer.parse(await (await response).json()).Response.Error?.Code
}

afterAll(stopTestProducts)

describe.each(queueBackends())('a guarded door on %s', (backend) => {
  const failures = 12
  let product: TestProduct

  beforeAll(async () => {
    product = await startTestProduct({
      backend,
      settings: { FAILED_AUTH_PER_MINUTE: String(failures), TRUST_PROXY: '1' },
    })
  })

  const from = (address: string) => ({ 'x-forwarded-for': address })
  const basic = (id: string, secret: string) => ({ authorization: `Basic ${btoa(`${id}:${secret}`)}` })
  const describe_ = (headers: Record<string, string>) => fetch(`${product.url}/v1/procedures`, { headers })

  it('lets the same signed call in again at once, as an honest client’s, and not later', async () => {
    const atMs = Date.now()
    const change = (mode: string) =>
      codeOf(sendRaw(product, { action: 'ModifyEventConfig', body: `{"Mode":"${mode}","SignKey":"abcDEF123"}`, atMs }))
    expect([await change('PULL'), await change('PULL')]).toEqual([undefined, undefined])
    const code = await waitFor('A refusal', 10_000, () => change('PULL'))
    expect(code).toBe('AuthFailure.SignatureExpire')
    expect(Date.now() - atMs).toBeGreaterThan(1_900)
    const read = { action: 'DescribeEventConfig', body: '{}', atMs }
    expect([await codeOf(sendRaw(product, read)), await codeOf(sendRaw(product, read))]).toEqual([undefined, undefined])
  })

  it('listens no more to an address that fails too often, on either door, and to others as before', async () => {
    const wrong = { ...product.accessKey, secretKey: 'wrong' }
    const attacker = from('203.0.113.5')
    for (let time = 0; time < failures; time += 1) {
      const send = time % 2 === 0 ? describe_({ ...basic(`AKIDNOBODY${time}`, 'x'), ...attacker }) : undefined
      if (send !== undefined) expect((await send).status).toBe(401)
      else {
        const raw = sendRaw({ ...product, accessKey: wrong }, { action: 'PullEvents', body: '{}', headers: attacker })
        expect(await codeOf(raw)).toBe('AuthFailure.SignatureFailure')
      }
    }
    const { secretId, secretKey } = product.accessKey
    const refused = await describe_({ ...basic(secretId, secretKey), ...attacker })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
    expect(await refused.json()).toMatchObject({ code: 'auth.tooOften' })
    const raw = { action: 'DescribeEventConfig', body: '{}' }
    expect(await codeOf(sendRaw(product, { ...raw, headers: attacker }))).toBe('RequestLimitExceeded')
    // What a client writes itself is not believed: only the last hop's word is.
    const forged = from('198.51.100.1, 203.0.113.5')
    expect(await codeOf(sendRaw(product, { ...raw, headers: forged }))).toBe('RequestLimitExceeded')
    expect(await codeOf(sendRaw(product, raw))).toBeUndefined()
    expect((await describe_({ ...basic(secretId, secretKey), ...from('198.51.100.1') })).status).toBe(200)
  })

  it('does not tell an unknown key from a wrong secret over REST', async () => {
    const answers = [basic('AKIDNOBODY', 'x'), basic(product.accessKey.secretId, 'x')].map(async (headers) => {
      const response = await describe_({ ...headers, ...from('192.0.2.77') })
      return [response.status, await response.text()]
    })
    const [unknown, wrong] = await Promise.all(answers)
    expect(unknown).toEqual(wrong)
  })
})

describe('a busy or odd client', () => {
  let product: TestProduct
  const sockets: Socket[] = []

  beforeAll(async () => {
    product = await startTestProduct({ backend: 'postgres', settings: { MAX_IN_FLIGHT: '3' } })
  })

  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy()
  })

  /** Begins a request and leaves it at that. */
  async function occupy(head: string): Promise<void> {
    const { hostname, port } = new URL(product.url)
    const socket = connect(Number(port), hostname)
    sockets.push(socket)
    await once(socket, 'connect')
    socket.write(`${head}\r\nHost: h\r\nContent-Length: 10\r\n\r\n`)
  }

  it('is turned away when too many are at it already, and let in when they have gone', async () => {
    for (let at = 0; at < 3; at += 1) await occupy('POST / HTTP/1.1\r\nX-TC-Action: ProcessMedia')
    const read = { action: 'DescribeEventConfig', body: '{}' }
    expect(await waitFor('A refusal', 5_000, () => codeOf(sendRaw(product, read)))).toBe('ServiceUnavailable')
    const overRest = await product.rest.call('/v1/procedures')
    expect([overRest.status, overRest.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await overRest.json()).toMatchObject({ code: 'request.overload' })
    // Bytes are counted apart, and whoever watches the process is always answered.
    expect((await fetch(`${product.url}/files/none.jpg`)).status).toBe(404)
    expect((await fetch(`${product.url}/healthz`)).status).toBe(200)
    for (const socket of sockets.splice(0)) socket.destroy()
    await waitFor('An answer', 5_000, async () =>
      (await codeOf(sendRaw(product, read))) === undefined ? true : undefined,
    )
    expect((await product.rest.call('/v1/procedures')).status).toBe(200)
  })

  it('may not send compressed or deep bodies', async () => {
    const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json' }
    const squeezed = await product.rest.call('/v1/procedures', { method: 'POST', body: '{}', headers })
    expect([squeezed.status, squeezed.headers.get('accept-encoding')]).toEqual([415, 'identity'])
    const body = new Uint8Array(gzipSync('{}'))
    const raw = sendRaw(product, { action: 'ProcessMedia', body, headers: { 'content-encoding': 'gzip' } })
    expect(await codeOf(raw)).toBe('InvalidParameter')
    const put = await fetch(`${product.url}/uploads/none`, { method: 'PUT', body, headers })
    expect(put.status).toBe(415)
    const deep = (levels: number) => `{"name":${'['.repeat(levels)}${']'.repeat(levels)}}`
    for (const levels of [32, 200_000]) {
      const answered = await product.rest.call('/v1/procedures', { method: 'POST', body: deep(levels) })
      expect([answered.status, await answered.text()]).toEqual([400, expect.stringContaining('too deeply') as string])
      expect(await codeOf(sendRaw(product, { action: 'ProcessMedia', body: deep(levels) }))).toBe('InvalidParameter')
    }
  })

  it.each(['/', '/v1/procedures', '/files/none.jpg', '/uploads/none', '/healthz', '/nowhere'])(
    'hears the security headers at %s, and nothing of what answers',
    async (path) => {
      for (const init of [{}, { headers: { authorization: 'Basic %%%' } }, { method: 'DELETE' }]) {
        const { headers } = await fetch(product.url + path, init)
        expect(headers.get('x-content-type-options')).toBe('nosniff')
        expect(headers.get('content-security-policy')).toContain("default-src 'self'")
        expect(headers.get('x-frame-options')).toBe('SAMEORIGIN')
        expect(headers.get('referrer-policy')).toBe('no-referrer')
        for (const name of ['x-powered-by', 'server', 'set-cookie']) expect(headers.has(name)).toBe(false)
      }
    },
  )
})

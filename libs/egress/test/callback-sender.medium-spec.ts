import { newEventId } from '@libs/kernel'
import type { IncomingHttpHeaders } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { CallbackSender } from '../src/callback-sender'
import { startTrap, type Trap } from './trap-server'

const EGRESS_ALLOW = ['127.0.0.0/8']

const received: { method: string | undefined; headers: IncomingHttpHeaders; body: string }[] = []
let trap: Trap
beforeAll(async () => {
  trap = await startTrap((request, response, body) => {
    received.push({ method: request.method, headers: request.headers, body })
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://trap')
    if (pathname === '/silent') return
    const headers = { location: '/', 'retry-after': '7' }
    if (pathname === '/endless') {
      response.writeHead(200)
      const timer = setInterval(() => response.write('x'.repeat(10_000)), 1)
      response.on('close', () => clearInterval(timer))
    } else response.writeHead(Number(searchParams.get('status') ?? 200), headers).end('thanks')
  })
})
afterAll(() => trap.stop())

const secret = `whsec_${Buffer.from('a key of thirty-two random bytes').toString('base64')}`
const event = {
  ...{ eventId: newEventId(1), body: '{"EventType":"ProcedureStateChanged","名":"🎬"}', attempt: 1, token: 1 },
  ...{ dialect: 'tencent-vod', signKey: '', secret },
}
const send = (path: string) => new CallbackSender({ EGRESS_ALLOW }, 1_000).send({ ...event, url: `${trap.url}${path}` })

describe('CallbackSender', () => {
  it('posts exactly the frozen bytes, under the id of the event', async () => {
    expect(await send('/hook?a=b')).toEqual({ status: 'delivered' })
    const { method, headers, body } = received.at(-1) ?? {}
    expect({ method, body }).toEqual({ method: 'POST', body: event.body })
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(event.body)),
      'webhook-id': event.eventId,
    })
    expect(() => new Webhook(secret).verify(body ?? '', headers as Record<string, string>)).not.toThrow()
    expect(() => new Webhook(secret).verify(`${body} `, headers as Record<string, string>)).toThrow('signature')
    expect(Math.abs(Number(headers?.['webhook-timestamp']) - Date.now() / 1_000)).toBeLessThan(5)
  })

  it.each([201, 204, 299])('takes %d as delivered', async (status) => {
    expect(await send(`/?status=${status}`)).toEqual({ status: 'delivered' })
  })

  it.each([301, 307, 400, 410, 429, 500, 503])('takes %d as failed, and follows nothing', async (status) => {
    const before = trap.hits.length
    expect(await send(`/?status=${status}`)).toMatchObject({
      status: 'failed',
      httpStatus: status,
      retryAfterMs: 7_000,
    })
    expect(trap.hits).toHaveLength(before + 1)
  })

  it('gives up a receiver that says nothing', async () => {
    expect(await send('/silent')).toEqual({
      status: 'failed',
      httpStatus: undefined,
      reason: 'no complete answer in time',
    })
  })

  it('reads no more than it has to of an answer without end', async () => {
    expect(await send('/endless')).toEqual({ status: 'delivered' })
  })

  it.each(['not a url', 'ftp://example.com/', 'http://10.0.0.1/', 'http://127.0.0.1:1/'])(
    'never throws: %s',
    async (url) => {
      const result = await new CallbackSender({ EGRESS_ALLOW }).send({ ...event, url })
      expect(result).toMatchObject({ status: 'failed', httpStatus: undefined })
    },
  )
})

import { AppError } from '@libs/kernel'
import { text } from 'node:stream/consumers'
import { type FetchLimits, GuardedFetcher } from '../src/guarded-fetcher'
import { startTrap, type Trap } from './trap-server'

const never = new AbortController().signal
const EGRESS_ALLOW = ['127.0.0.0/8']

let trap: Trap
beforeAll(async () => {
  trap = await startTrap((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://trap')
    const status = Number(searchParams.get('status') ?? 200)
    const to = searchParams.get('to')
    if (to !== null) response.writeHead(status, { location: to }).end()
    else if (pathname === '/long') response.end('x'.repeat(1_000))
    else if (pathname === '/announced') response.writeHead(200, { 'content-length': 1_000 }).end('x'.repeat(1_000))
    else if (pathname === '/cut') response.writeHead(200, { 'content-length': 10 }).write('1', () => response.destroy())
    else if (pathname === '/drip') {
      const timer = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(timer))
    } else response.writeHead(status).end('whole')
  })
})
afterAll(() => trap.stop())

const get = async (path: string, limits?: Partial<FetchLimits>, signal = never): Promise<string> =>
  text(await new GuardedFetcher({ EGRESS_ALLOW }, limits).open(`${trap.url}${path}`, signal))

describe('GuardedFetcher', () => {
  it('fetches', async () => {
    expect(await get('/')).toBe('whole')
  })

  it.each([301, 302, 303, 307, 308])('follows a %d, also a relative one', async (status) => {
    expect(await get(`/?status=${status}&to=/`)).toBe('whole')
  })

  it('follows three redirects, not four', async () => {
    const redirects = (count: number): string =>
      count === 0 ? '/' : `/?status=302&to=${encodeURIComponent(redirects(count - 1))}`
    expect(await get(redirects(3))).toBe('whole')
    await expect(get(redirects(4))).rejects.toMatchObject({ code: 'media.notAccessible' })
  })

  it.each([
    'http://10.0.0.1/',
    'http://[::1]/',
    'file:///etc/passwd',
    'http://user:word@127.0.0.1/',
    'http://127.0.0.1:6379/',
    'http://',
  ])('checks every redirect: to %s', async (to) => {
    await expect(get(`/?status=302&to=${encodeURIComponent(to)}`)).rejects.toMatchObject({ code: 'url.refused' })
  })

  it.each([
    [400, 'media.notAccessible'],
    [403, 'media.notAccessible'],
    [404, 'media.notAccessible'],
    [304, 'media.notAccessible'],
    [204, 'media.notAccessible'],
    [408, 'media.temporarilyNotAccessible'],
    [429, 'media.temporarilyNotAccessible'],
    [500, 'media.temporarilyNotAccessible'],
    [503, 'media.temporarilyNotAccessible'],
  ])('takes status %d as %s', async (status, code) => {
    await expect(get(`/?status=${status}`)).rejects.toMatchObject({ code })
  })

  it.each(['/long', '/announced'])('stops at the size limit: %s', async (path) => {
    await expect(get(path, { maxBytes: 999 })).rejects.toMatchObject({ code: 'request.tooLarge' })
    expect(await get(path, { maxBytes: 1_000 })).toHaveLength(1_000)
  })

  it('gives up a server that drips', async () => {
    const dripping = get('/drip', { minBytesPerS: 1_000, rateWindowMs: 200 })
    await expect(dripping).rejects.toMatchObject({ code: 'media.temporarilyNotAccessible' })
  })

  it('takes a connection that breaks, or is refused, as passing', async () => {
    await expect(get('/cut')).rejects.toMatchObject({ code: 'media.temporarilyNotAccessible' })
    const fetcher = new GuardedFetcher({ EGRESS_ALLOW })
    const gone = await startTrap(() => undefined)
    await gone.stop()
    await expect(fetcher.open(gone.url, never)).rejects.toMatchObject({ code: 'media.temporarilyNotAccessible' })
  })

  it('stops when it is told to, with the reason it is given', async () => {
    const controller = new AbortController()
    const dripping = get('/drip', undefined, controller.signal)
    setImmediate(() => controller.abort(new AppError('internal', 'The worker was stopped.')))
    await expect(dripping).rejects.toMatchObject({ code: 'internal' })
  })
})

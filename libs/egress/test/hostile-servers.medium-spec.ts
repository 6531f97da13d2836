import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { newEventId } from '@libs/kernel'
import { CallbackSender } from '../src/callback-sender'
import { type FetchLimits, GuardedFetcher } from '../src/guarded-fetcher'

const EGRESS_ALLOW = ['127.0.0.0/8']
const never = new AbortController().signal
const head = (...lines: string[]) => ['HTTP/1.1 200 OK', ...lines, '', ''].join('\r\n')

/** Writes until the other side has had enough. */
function drip(socket: Socket, bytes: string, everyMs = 5): void {
  const timer = setInterval(() => socket.write(bytes), everyMs)
  socket.on('close', () => clearInterval(timer))
}

const servers: Record<string, (socket: Socket) => void> = {
  'says nothing': () => undefined,
  'drips its status line': (socket) => drip(socket, 'H'),
  'drips headers': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n')
    drip(socket, 'a: b\r\n')
  },
  'drips one header': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\na: ')
    drip(socket, 'x')
  },
  'hints for ever': (socket) => drip(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n'),
  'has endless headers': (socket) => drip(socket, `a: ${'x'.repeat(10_000)}\r\n`, 1),
  'has a long header': (socket) => socket.write(head(`a: ${'x'.repeat(1_000_000)}`)),
  'does not speak HTTP': (socket) => socket.write('220 mail.example.com ESMTP\r\n'),
}

describe('a hostile server', () => {
  let behave: (socket: Socket) => void = () => undefined
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => behave(socket))
  })
  let url = ''

  beforeAll(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  })

  afterAll(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  })

  const get = async (limits: Partial<FetchLimits> = {}): Promise<string> =>
    text(await new GuardedFetcher({ EGRESS_ALLOW }, { answerMs: 500, ...limits }).open(url, never))

  const answer = (body: Buffer, ...headers: string[]) => {
    behave = (socket) => {
      socket.write(head(`Content-Length: ${body.length}`, ...headers))
      socket.write(body)
    }
  }

  it.each(Object.keys(servers))('that %s is given up by pulls and by callbacks', async (name) => {
    behave = servers[name] ?? behave
    await expect(get()).rejects.toMatchObject({ code: 'media.temporarilyNotAccessible' })
    const about = { eventId: newEventId(1), body: '{}', attempt: 1, token: 1, dialect: '', signKey: '', secret: '' }
    const sent = await new CallbackSender({ EGRESS_ALLOW }, 500).send({ ...about, url })
    expect(sent).toMatchObject({ status: 'failed', httpStatus: undefined })
  })

  it('that begins fast and then drips is given up', async () => {
    behave = (socket) => {
      socket.write(head())
      socket.write('x'.repeat(1_000_000))
      drip(socket, 'x')
    }
    const limits = { minBytesPerS: 1_000, rateWindowMs: 200 }
    await expect(get(limits)).rejects.toMatchObject({ code: 'media.temporarilyNotAccessible' })
  })

  it('that never ends is given up, however fast it is', async () => {
    behave = (socket) => {
      socket.write(head())
      drip(socket, 'x'.repeat(10_000))
    }
    await expect(get({ maxMs: 200 })).rejects.toMatchObject({ code: 'media.temporarilyNotAccessible' })
    await expect(get({ maxBytes: 100_000 })).rejects.toMatchObject({ code: 'request.tooLarge' })
  })

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['Deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('that compresses unasked is read all the same: %s', async (encoding, compress) => {
    answer(compress(Buffer.from('whole')), `Content-Encoding: ${encoding}`)
    expect(await get()).toBe('whole')
  })

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('that sends a %s bomb is given up', async (encoding, compress) => {
    answer(compress(Buffer.alloc(100 * 1024 ** 2)), `Content-Encoding: ${encoding}`)
    await expect(get()).rejects.toMatchObject({ code: 'request.tooLarge' })
  })

  it.each(['gzip, gzip', 'zstd', 'constructor'])('that encodes in a way not known is refused: %s', async (encoding) => {
    answer(Buffer.from('whole'), `Content-Encoding: ${encoding}`)
    await expect(get()).rejects.toMatchObject({ code: 'media.notAccessible' })
  })

  it('that breaks its compression is not believed', async () => {
    answer(gzipSync('whole').subarray(0, 15), 'Content-Encoding: gzip')
    await expect(get()).rejects.toMatchObject({ code: 'media.temporarilyNotAccessible' })
  })
})

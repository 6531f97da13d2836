import { readFile } from 'node:fs/promises'
import type { RequestListener, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip as compress, gzipSync } from 'node:zlib'
import { caseOf } from '../case'
import { clock } from '../inputs/make'
import { fails, succeeds } from '../judging/expectations'
import { pull } from '../judging/trials'
import type { Lab } from '../lab'

const time = { clock: {}, sizePx: [160, 90] } as const
const gzip = promisify<Buffer, Buffer>(compress)
const gone = 'media.notAccessible'
const later = fails('media.temporarilyNotAccessible', { retries: 3 })

export const clip = async (lab: Lab): Promise<Buffer> => readFile(await lab.once('origin.mp4', clock()))

/** A pull from a server that does as it is told with a whole clip at hand. */
function from(
  name: string,
  serve: (response: ServerResponse, whole: Buffer) => void,
  ...rest: [Parameters<typeof pull>[2]]
) {
  const url = async (lab: Lab): Promise<string> => {
    const whole = await clip(lab)
    return lab.world.origins.at(`/${name}.mp4`, (_request, response) => serve(response, whole))
  }
  return pull(name, url, ...rest)
}

const status = (code: number, expectation: Parameters<typeof pull>[2]) =>
  from(`status-${code}`, (response) => response.writeHead(code).end('no'), expectation)

/** Writes for ever, as fast as it is read. */
const endless: (response: ServerResponse) => void = (response) => {
  const piece = Buffer.alloc(1 << 20, 1)
  const more = (): void => {
    while (!response.destroyed && response.write(piece));
  }
  response.on('drain', more)
  more()
}

/** Other people's servers: 80 to 90, and 100. */
export const origins = [
  caseOf({
    ...{ number: 80, title: 'endless stream', made: 'a server that never stops' },
    decision: 'Not a byte beyond PULL_MAX_MB is kept (64 MB here).',
    trials: () => [from('80-endless', endless, fails('request.tooLarge'))],
  }),
  caseOf({
    ...{ number: 81, title: 'one byte a second', made: 'a server that drips', waits: true },
    decision: 'Less than 4 KB a second is given up. It may be a bad hour, so it is tried again.',
    trials: () => [from('81-drip', drip, later)],
  }),
  caseOf({
    ...{ number: 82, title: 'accepts and says nothing; stops after the headers', made: 'silent servers', waits: true },
    trials: () => [
      pull('82-silent', ({ world }) => world.origins.raw(() => undefined), later),
      from(
        '82-headers',
        (response) => {
          response.writeHead(200, { 'content-length': 1000 }).flushHeaders()
        },
        later,
      ),
    ],
  }),
  caseOf({
    ...{ number: 83, title: 'Content-Length larger than the body', made: 'the connection ends early', waits: true },
    trials: () => [
      from(
        '83-short',
        (response, whole) => {
          response.writeHead(200, { 'content-length': whole.length + 1000 })
          response.write(whole, () => response.destroy())
        },
        later,
      ),
    ],
  }),
  caseOf({
    ...{
      number: 84,
      title: 'Content-Length smaller than the body',
      made: 'more follows on the connection',
      quick: true,
    },
    decision: 'What was announced is read and no more.',
    trials: () => [
      pull(
        '84-long',
        async (lab) => {
          const whole = await clip(lab)
          return lab.world.origins.raw((socket) => {
            socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${whole.length}\r\n\r\n`)
            socket.write(Buffer.concat([whole, Buffer.alloc(100_000, 'x')]))
          })
        },
        succeeds(time),
      ),
    ],
  }),
  caseOf({
    ...{ number: 85, title: 'no Content-Length, chunked, gzip', made: 'a compressing server', quick: true },
    trials: () => [
      from(
        '85-chunked',
        (response, whole) => {
          response.write(whole.subarray(0, 999))
          response.end(whole.subarray(999))
        },
        succeeds(time),
      ),
      from(
        '85-gzip',
        (response, whole) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(whole)),
        succeeds(time),
      ),
      from(
        '85-unknown',
        (response, whole) => response.writeHead(200, { 'content-encoding': 'zstd' }).end(whole),
        fails(gone),
      ),
    ],
  }),
  caseOf({
    ...{ number: 86, title: 'gzip bomb', made: '300 MB of nothing in 300 KB' },
    trials: () => [pull('86-bomb', bombed, fails('request.tooLarge'))],
  }),
  caseOf({
    ...{ number: 87, title: 'ranges ignored, or refused with 416', made: 'two servers', quick: true },
    decision: 'Ranges are never asked for.',
    trials: () => [pull('87-ranges', rangeless, succeeds(time))],
  }),
  caseOf({
    ...{ number: 88, title: '404, 403, 410', made: 'a server that says no', quick: true },
    trials: () => [status(404, fails(gone)), status(403, fails(gone)), status(410, fails(gone))],
  }),
  caseOf({
    ...{ number: 89, title: '429 with Retry-After, 500, 503', made: 'a server that says not now', waits: true },
    decision: 'Tried again after a while; a server that says when is not asked before.',
    trials: () => [patience(), status(500, later), status(503, later)],
  }),
  caseOf({
    ...{ number: 90, title: 'redirects without end', made: 'a server that sends on to itself', quick: true },
    trials: () => [
      from('90-loop', (response) => response.writeHead(302, { location: '/90-loop.mp4' }).end(), fails(gone)),
    ],
  }),
  caseOf({
    ...{
      number: 100,
      title: 'the origin changes between two reads',
      made: 'another clip each time it is asked',
      quick: true,
    },
    decision: 'It is read once; all pictures are of what came.',
    trials: () => [changing()],
  }),
]

const drip = (response: ServerResponse): void => {
  response.writeHead(200)
  const timer = setInterval(() => response.write('x'), 1000)
  response.on('close', () => clearInterval(timer))
}

/** It is made before it is asked for: whoever waits for it would give up. */
async function bombed(lab: Lab): Promise<string> {
  const bomb = await gzip(Buffer.alloc(300_000_000))
  return lab.world.origins.at('/86-bomb.mp4', (_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
  })
}

async function rangeless(lab: Lab): Promise<string> {
  const whole = await clip(lab)
  const page: RequestListener = ({ headers }, response) => {
    if (headers.range === undefined) response.end(whole)
    else response.writeHead(416).end()
  }
  return lab.world.origins.at('/87-ranges.mp4', page)
}

const askedS = 5

/** Is asked again no sooner than it said. */
function patience() {
  let firstAtMs: number | undefined
  const serve = (response: ServerResponse, whole: Buffer): void => {
    const nowMs = Date.now()
    if (firstAtMs === undefined) {
      firstAtMs = nowMs
      response.writeHead(429, { 'retry-after': String(askedS) }).end()
      return
    }
    const isEarly = nowMs - firstAtMs < askedS * 1000
    firstAtMs = undefined
    if (isEarly) response.writeHead(404).end()
    else response.end(whole)
  }
  return from('89-retry-after', serve, async (end, lab) => {
    await succeeds(time)(end, lab)
    if (end.retries !== 1) throw new Error(`expected one retry, there were ${end.retries}`)
    return `succeeds after the ${askedS} s that were asked for`
  })
}

/** A clip the first time it is asked, and something else from then on. */
function changing() {
  const seen = new Set<string>()
  return pull(
    '100-changing',
    async (lab) => {
      const whole = await clip(lab)
      const path = `/100-changing-${lab.runs.length}.mp4`
      return lab.world.origins.at(path, (_request, response) => {
        response.setHeader('etag', `"${seen.size}"`)
        response.end(seen.has(path) ? 'something else' : whole)
        seen.add(path)
      })
    },
    succeeds(time),
  )
}

import { caseOf, type Trial } from '../case'
import { fails, succeeds } from '../judging/expectations'
import { blockedUrl, pull, refusedUrl } from '../judging/trials'
import type { Lab } from '../lab'
import { fakeDomain } from '../servers/addresses'
import { clip } from './origins'

const refused = fails('url.refused')
const nobodys = ['url.refused', 'media.temporarilyNotAccessible']
const time = { clock: {}, sizePx: [160, 90] } as const
const inside = (host: string) => (lab: Lab) => `http://${host}:${lab.world.trap.port}/secret.mp4`

/** A server that sends on to somewhere else. */
const redirect = (name: string, location: string | ((lab: Lab) => string)): Trial =>
  pull(
    name,
    (lab) =>
      lab.world.origins.at(`/${name}`, (_request, response) => {
        response.writeHead(302, { location: typeof location === 'string' ? location : location(lab) }).end()
      }),
    refused,
  )

const resolved = (host: string, expectation = refused): Trial =>
  pull(host, (lab) => `http://${host}.${fakeDomain}:${lab.world.trap.port}/secret.mp4`, expectation)

interface Tls {
  readonly host?: string
  readonly days?: number
  readonly keyBits?: number
  readonly digest?: string
  readonly selfSigned?: boolean
  /** Its signatures are too short for later ones. */
  readonly maxVersion?: 'TLSv1.2'
}

const secure = (name: string, tls: Tls, expectation: Parameters<typeof pull>[2]): Trial =>
  pull(
    `https ${name}`,
    async (lab) => {
      const { world } = lab
      const whole = await clip(lab)
      const certificate = { ...(await world.authority.issue({ name, ...tls })), ...tls }
      const port = await world.origins.secure(certificate, (_request, response) => response.end(whole))
      return `https://${name}.${fakeDomain}:${port}/clip.mp4`
    },
    expectation,
  )

/** Places that nobody may have looked at: 91 to 99. */
export const addresses = [
  caseOf({
    ...{ number: 91, title: 'redirects to 127.0.0.1, 169.254.169.254, [::1], file:', made: 'a server', quick: true },
    trials: () => [
      redirect('91-loopback', inside('127.0.0.1')),
      redirect('91-loopback6', inside('[::1]')),
      redirect('91-metadata', 'http://169.254.169.254/latest/meta-data/'),
      redirect('91-file', 'file:///etc/passwd'),
    ],
  }),
  caseOf({
    ...{ number: 92, title: 'redirect from https to http', made: 'two servers' },
    trials: () => [
      pull(
        '92-downgrade',
        async ({ world }) => {
          const certificate = await world.authority.issue({ name: 'good' })
          const location = world.origins.at('/92.mp4', (_request, response) => response.end('x'))
          const port = await world.origins.secure(certificate, (_request, response) =>
            response.writeHead(302, { location }).end(),
          )
          return `https://good.${fakeDomain}:${port}/clip.mp4`
        },
        refused,
      ),
    ],
  }),
  caseOf({
    ...{ number: 93, title: 'expired, self-signed, wrong name, weak certificate', made: 'openssl' },
    decision: 'Not tried again: no second try makes a certificate better. A good one is taken.',
    trials: () => [
      secure('good', {}, succeeds(time)),
      secure('expired', { days: -1 }, fails('media.notAccessible')),
      secure('selfsigned', { selfSigned: true }, fails('media.notAccessible')),
      secure('wrongname', { host: `another.${fakeDomain}` }, fails('media.notAccessible')),
      secure('weak', { keyBits: 512, maxVersion: 'TLSv1.2' }, fails('media.notAccessible')),
    ],
  }),
  caseOf({
    ...{ number: 94, title: 'no such name, time-out, SERVFAIL', made: 'a fake resolver', waits: true },
    decision: 'Names come back, so it is tried again.',
    trials: () => [
      resolved('nowhere', fails('media.temporarilyNotAccessible', { retries: 3 })),
      resolved('silent', fails('media.temporarilyNotAccessible', { retries: 3 })),
      resolved('servfail', fails('media.temporarilyNotAccessible', { retries: 3 })),
    ],
  }),
  caseOf({
    ...{ number: 95, title: 'rebinding, mixed, mapped and translated addresses', made: 'a fake resolver', quick: true },
    decision: 'Every address of a name has to be public, and the one that was looked at is connected to.',
    trials: () => [
      ...['mixed', 'mapped', 'nat64', 'loopback6', 'metadata'].map((host) => resolved(host)),
      pull(
        'rebinding',
        ({ world }) => {
          world.origins.at('/95', (_request, response) => response.writeHead(302, { location: '/95.mp4' }).end())
          return world.origins.urlAt(`rebinding.${fakeDomain}`, '/95')
        },
        refused,
      ),
    ],
  }),
  caseOf({
    ...{ number: 96, title: 'spellings of 127.0.0.1', made: 'URLs', quick: true },
    trials: () =>
      [
        ...[
          '2130706433',
          '0x7f000001',
          '0177.0.0.1',
          '127.1',
          '0',
          '0.0.0.0',
          '127.0.0.1',
          '１２７.０.０.１',
          '①②⑦.⓪.⓪.①',
        ],
        ...['[::ffff:127.0.0.1]', '[::127.0.0.1]', '[64:ff9b::7f00:1]', '127.0.0.1.', '127。0。0。1', 'localhost'],
      ].map((host) => blockedUrl(host, inside(host))),
  }),
  caseOf({
    ...{ number: 97, title: 'userinfo, backslash, tab, #@, homograph, trailing dot', made: 'URLs', waits: true },
    decision: 'A name that only looks like one inside is just a name that nobody has.',
    trials: () => [
      blockedUrl('userinfo', inside('public.example@127.0.0.1')),
      blockedUrl('backslash', ({ world }) => `http:\\\\127.0.0.1:${world.trap.port}\\secret`),
      blockedUrl('tab', ({ world }) => `http://127.0\t.0.1:${world.trap.port}/`),
      blockedUrl('line', ({ world }) => `http://127.0.0.1:${world.trap.port}/\r\nHost: x`),
      blockedUrl('#@', ({ world }) => `http://127.0.0.1:${world.trap.port}#@public.example/`),
      blockedUrl('homograph', inside('lосalhost'), nobodys),
      blockedUrl('trailing dot', inside('localhost.'), nobodys),
    ],
  }),
  caseOf({
    ...{ number: 98, title: 'ftp:, file:, gopher:, data:, rtmp:, rtsp:, srt:', made: 'URLs', quick: true },
    trials: () =>
      ['ftp://x.example/a.mp4', 'file:///etc/passwd', 'gopher://x.example/1', 'data:video/mp4;base64,AAAA']
        .concat(['rtmp://x.example/a', 'rtsp://x.example/a', 'srt://x.example:9000'])
        .map((url) => refusedUrl(url)),
  }),
  caseOf({
    ...{ number: 99, title: 'ports 6379, 5432, 22', made: 'URLs of a public name', quick: true },
    trials: () =>
      [6379, 5432, 22].map((port) => blockedUrl(String(port), () => `http://good.${fakeDomain}:${port}/a.mp4`)),
  }),
]

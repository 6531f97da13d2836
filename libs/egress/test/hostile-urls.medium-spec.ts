import { newEventId } from '@libs/kernel'
import type { LookupAddress } from 'node:dns'
import { networkInterfaces } from 'node:os'
import { text } from 'node:stream/consumers'
import { CallbackSender } from '../src/callback-sender'
import type { Resolve } from '../src/guarded-agent'
import { GuardedFetcher } from '../src/guarded-fetcher'
import { startTrap, type Trap } from './trap-server'

const never = new AbortController().signal
const local = ['127.0.0.0/8', '::1/128']

let trap: Trap
beforeAll(async () => {
  trap = await startTrap((_request, response) => response.end('secret'))
})
afterAll(() => trap.stop())

/** Containers often have no IPv6, not even on loopback. */
const hasIpv6 = Object.values(networkInterfaces()).some((own) => own?.some(({ address }) => address === '::1'))

const literals = [
  '127.0.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '017700000001',
  '0177.0.0.1',
  '127.1',
  '127.0.1',
  '0',
  '0.0.0.0',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
  '１２７．０．０．１',
  '127.0.0.1.',
  '127.255.255.254',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:127.0.0.1]',
  '[::127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[2002:7f00:1::]',
  'localhost',
  'LOCALHOST',
  '0x7F.0x0.0x0.0x1',
  '0177.0x0.1',
  '00000177.0.0.01',
  '127.65535',
  '%31%32%37.0.0.1',
  '127%2e0%2e0%2e1',
  '127\t.0.0\n.1',
  '127.0.0.1｡',
  '𝟏𝟐𝟕.𝟎.𝟎.𝟏',
  '127.0.0.\u00ad1',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b:1::127.0.0.1]',
  '[2002:7f00:1::7f00:1]',
  '[2001:0:7f00:1::]',
  '[fe80::5efe:127.0.0.1]',
  '[::%31]',
  '169.254.169.254',
  '[fd00:ec2::254]',
  ...Object.values(networkInterfaces()).flatMap(
    (own) => own?.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address)) ?? [],
  ),
]

const at = (address: string): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })
let lookups = 0
const names: Record<string, () => LookupAddress[]> = {
  'private.test': () => [at('127.0.0.1')],
  'mixed.test': () => [at('93.184.216.34'), at('127.0.0.1')],
  'mapped.test': () => [at('::ffff:127.0.0.1')],
  'six.test': () => [at('::1')],
  'nat64.test': () => [at('64:ff9b::7f00:1')],
  '6to4.test': () => [at('2002:7f00:1::')],
  'teredo.test': () => [at('2001:0:7f00:1::')],
  'zone.test': () => [at('fe80::1%lo')],
  'metadata.test': () => [at('169.254.169.254')],
  'none.test': () => [],
  // Public when asked first, private ever after.
  'rebinding.test': () => [(lookups += 1) === 1 ? at('192.0.2.1') : at('127.0.0.1')],
}
const resolve: Resolve = (host, done) => {
  const addresses = names[host]?.()
  if (addresses === undefined) done(new Error('ENOTFOUND'), [])
  else done(null, addresses)
}

async function tryAll(url: string, allow: string[], resolveBy?: Resolve): Promise<unknown[]> {
  const fetched = new GuardedFetcher({ EGRESS_ALLOW: allow }, {}, resolveBy).open(url, never).then(text)
  const delivery = {
    eventId: newEventId(1),
    url,
    body: '{}',
    attempt: 1,
    token: 1,
    dialect: '',
    signKey: '',
    secret: '',
  }
  const sent = new CallbackSender({ EGRESS_ALLOW: allow }, 3_000, resolveBy).send(delivery)
  return Promise.all([fetched.catch((error: unknown) => error), sent])
}

describe('a server on this machine', () => {
  it.each(literals)('is not reached as %s', async (host) => {
    const [fetched, sent] = await tryAll(`http://${host}:${trap.port}/`, [])
    expect(fetched).toMatchObject({ code: 'url.refused' })
    expect(sent).toMatchObject({ status: 'failed' })
    expect(trap.hits).toEqual([])
  })

  it.each([...Object.keys(names), 'localhost.'])('is not reached by the name %s', async (host) => {
    const [fetched, sent] = await tryAll(`http://${host}:${trap.port}/`, [], host in names ? resolve : undefined)
    expect(fetched).toMatchObject({ name: 'AppError' })
    expect(sent).toMatchObject({ status: 'failed' })
    expect(trap.hits).toEqual([])
  })

  it.each(['\\@', '#@', '?@', '/@', '\\', ':80#@', '%00@', '@'])('is not reached behind %j', async (trick) => {
    const [fetched, sent] = await tryAll(`http://192.0.2.1${trick}127.0.0.1:${trap.port}/`, [])
    expect(fetched).toMatchObject({ code: 'url.refused' })
    expect(sent).toMatchObject({ status: 'failed' })
    expect(trap.hits).toEqual([])
  })

  it.each(['user@', 'user:word@'])('is not reached with credentials: %s', async (credentials) => {
    const [fetched, sent] = await tryAll(`http://${credentials}127.0.0.1:${trap.port}/`, local)
    expect(fetched).toMatchObject({ code: 'url.refused' })
    expect(sent).toMatchObject({ status: 'failed' })
    expect(trap.hits).toEqual([])
  })

  const allowed = ['127.0.0.1', '2130706433', '[::ffff:127.0.0.1]', 'localhost', ...(hasIpv6 ? ['[::1]'] : [])]
  it.each(allowed)('is reached as %s when the operator allows it', async (host) => {
    trap.hits.length = 0
    const [fetched, sent] = await tryAll(`http://${host}:${trap.port}/`, local)
    expect(fetched).toBe('secret')
    expect(sent).toEqual({ status: 'delivered' })
    expect(trap.hits).toHaveLength(2)
  })
})

import { readEnv } from '@libs/kernel'
import * as dns from 'node:dns'
import type { LookupAddress } from 'node:dns'
import { fakeDomain } from './addresses'
import { resolverEnv } from './resolver.env'

/** What a name resolves to: a list of addresses each time it is asked for, in turn, or how the look-up fails. */
type Answer = readonly (readonly string[])[] | 'ENOTFOUND' | 'EAI_AGAIN' | 'silence'
type Done = (error: NodeJS.ErrnoException | null, addresses?: unknown, family?: number) => void

/**
 * Loaded into the product's processes before they start: the machine's resolver as it would be if the corpus's names were
 * real. Every other name goes to the system's own.
 */
const answers = JSON.parse(readEnv(resolverEnv).CORPUS_NAMES) as Readonly<Record<string, Answer>>
const asked = new Map<string, number>()
const system = dns.lookup

function lookup(host: string, options: dns.LookupAllOptions, done: Done): void {
  const name = host.toLowerCase().replace(/\.$/, '')
  if (!name.endsWith(`.${fakeDomain}`)) {
    system(host, options, done)
    return
  }
  const answer = answers[name] ?? 'ENOTFOUND'
  if (answer === 'silence') return
  if (typeof answer === 'string') {
    setImmediate(() => done(Object.assign(new Error(`getaddrinfo ${answer} ${host}`), { code: answer })))
    return
  }
  const times = asked.get(name) ?? 0
  asked.set(name, times + 1)
  const addresses = (answer[times % answer.length] ?? []).map((address): LookupAddress => ({
    address,
    family: address.includes(':') ? 6 : 4,
  }))
  const [first] = addresses
  setImmediate(() => {
    if (options.all) done(null, addresses)
    else done(null, first?.address, first?.family)
  })
}

// Not what `import` gave, which may be a copy.
Object.assign(process.getBuiltinModule('node:dns'), { lookup })

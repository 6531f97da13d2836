import { AppError } from '@libs/kernel'
import { lookup, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import type { AddressRules } from './address-rules'

const connectTimeoutMs = 5_000
const dnsTimeoutMs = 2_000
const maxHeaderBytes = 16 * 1024

export interface AgentTimes {
  readonly headersTimeoutMs: number
  readonly bodyTimeoutMs: number
}

export type Resolve = (host: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void

const resolveBySystem: Resolve = (host, done) => {
  lookup(host, { all: true, verbatim: true }, (error, addresses) => {
    // Node leaves the second out when there is a first.
    done(error, error === null ? addresses : [])
  })
}

/** An HTTP client that connects only to allowed addresses, whatever a name resolves to, and anew for every request. */
export function guardedAgent(rules: AddressRules, times: AgentTimes, resolve = resolveBySystem): Agent {
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    lookup: guardedLookup(rules, resolve),
    autoSelectFamily: true,
  })
  return new Agent({
    // No connection is kept: the next request may be another tenant's, and its name may resolve anew.
    pipelining: 0,
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: times.headersTimeoutMs,
    bodyTimeout: times.bodyTimeoutMs,
    connect: (options, callback) => {
      // Node looks up names only, so a literal address would pass the look-up's guard unseen.
      if (isIP(options.hostname) !== 0 && !rules.allows(options.hostname)) {
        callback(refusedAddress(), null)
        return
      }
      connect(options, (...result) => {
        const [error, socket] = result
        if (error === null && !rules.allows(socket.remoteAddress ?? '')) {
          socket.destroy()
          callback(refusedAddress(), null)
        } else callback(...result)
      })
    },
  })
}

/** Every address of a name has to be allowed, and the connection goes to one of those: no second look-up. */
function guardedLookup(rules: AddressRules, resolve: Resolve): LookupFunction {
  return (host, options, callback) => {
    let isDone = false
    const finish = (error: Error | null, addresses: LookupAddress[]): void => {
      if (isDone) return
      isDone = true
      clearTimeout(timer)
      const [first] = addresses
      if (error !== null || first === undefined) callback(error ?? new Error('The name has no address.'), '', 0)
      else if (options.all === true) callback(null, addresses)
      else callback(null, first.address, first.family)
    }
    const timer = setTimeout(() => {
      finish(new Error(`Resolving the name took more than ${dnsTimeoutMs} ms.`), [])
    }, dnsTimeoutMs)
    resolve(host, (error, addresses) => {
      if (error === null && !addresses.every(({ address }) => rules.allows(address))) finish(refusedAddress(), [])
      else finish(error, addresses)
    })
  }
}

function refusedAddress(): AppError {
  return new AppError('url.refused', 'The URL leads to an address that is not public.')
}

import ipaddr from 'ipaddr.js'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

type Range = ReturnType<typeof ipaddr.parseCIDR>

/** IPv6 that is routed at all: leaves out IPv4-compatible, NAT64 and site-local forms that count as unicast elsewhere. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/** Instance metadata, which hands out credentials; no setting opens it. */
const metadata = new Set(['169.254.169.254', '168.63.129.16', '100.100.100.200', 'fd00:ec2::254'])

/** Which addresses strangers' URLs may lead to: public ones of other machines, and what the operator allows. */
export class AddressRules {
  private readonly allowed: readonly Range[]

  /** @param ranges CIDRs that are allowed although they are not public */
  constructor(ranges: readonly string[]) {
    this.allowed = ranges.map((range) => ipaddr.parseCIDR(range))
  }

  /** @param address an IPv4 or IPv6 address as sockets take it; anything else is not allowed */
  allows(address: string): boolean {
    if (isIP(address) === 0 || !ipaddr.isValid(address)) return false
    // Unwraps IPv4-mapped IPv6.
    const ip = ipaddr.process(address)
    if (metadata.has(ip.toString())) return false
    if (this.allowed.some((range) => isWithin(ip, range))) return true
    const isPublic = ip.range() === 'unicast' && (ip instanceof ipaddr.IPv4 || ip.match(globalUnicast))
    return isPublic && !isOwn(ip)
  }
}

function isWithin(ip: ipaddr.IPv4 | ipaddr.IPv6, [network, bits]: Range): boolean {
  if (ip instanceof ipaddr.IPv4) return network instanceof ipaddr.IPv4 && ip.match(network, bits)
  return network instanceof ipaddr.IPv6 && ip.match(network, bits)
}

function isOwn(ip: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  return own.some(({ address }) => ipaddr.process(address).toString() === ip.toString())
}

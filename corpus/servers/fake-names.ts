import { fakeDomain, originHost, trapHost } from './addresses'

const named = (names: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(names).map(([name, answer]) => [`${name}.${fakeDomain}`, answer]))

/** What the names of the corpus resolve to: a list for each look-up in turn, or how it fails. */
export const fakeNames = named({
  good: [[originHost]],
  expired: [[originHost]],
  selfsigned: [[originHost]],
  wrongname: [[originHost]],
  weak: [[originHost]],
  nowhere: 'ENOTFOUND',
  servfail: 'EAI_AGAIN',
  silent: 'silence',
  rebinding: [[originHost], [trapHost]],
  mixed: [[originHost, trapHost]],
  mapped: [['::ffff:127.0.0.1']],
  nat64: [['64:ff9b::7f00:1']],
  loopback6: [['::1']],
  metadata: [['169.254.169.254']],
})

import { readEnv } from '@libs/kernel'
import { AddressRules } from './address-rules'
import { egressEnv } from './egress.env'

const refused = [
  ...['127.0.0.1', '127.1.2.3', '0.0.0.0', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1'],
  ...['100.100.100.200', '168.63.129.16', '198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255', '192.0.2.1'],
  ...['::', '::1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1', '64:ff9b::7f00:1', '64:ff9b:1::7f00:1'],
  ...['2002:7f00:1::', '2001:0:7f00:1::', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fec0::1', 'ff02::1', '2001:db8::1'],
  ...['', 'localhost', '127.0.0.1:80', '1.2.3'],
]

describe('AddressRules', () => {
  const rules = new AddressRules([])

  it.each(refused)('refuse %j', (address) => {
    expect(rules.allows(address)).toBe(false)
  })

  it.each(['1.1.1.1', '93.184.216.34', '::ffff:1.1.1.1', '2606:4700::1111'])('allow %s', (address) => {
    expect(rules.allows(address)).toBe(true)
  })

  it('allow what the operator names, in either spelling, and nothing beside it', () => {
    const open = new AddressRules(['127.0.0.0/8', '::1/128'])
    expect(['127.0.0.1', '::ffff:127.0.0.1', '::1'].map((address) => open.allows(address))).toEqual([true, true, true])
    expect(['10.0.0.1', '::2', '::ffff:10.0.0.1'].map((address) => open.allows(address))).toEqual([false, false, false])
  })

  it('keep instance metadata closed whatever the operator names', () => {
    const open = new AddressRules(['0.0.0.0/0', '::/0'])
    expect(['169.254.169.254', '::ffff:169.254.169.254', 'fd00:ec2::254'].some((one) => open.allows(one))).toBe(false)
  })
})

describe('EGRESS_ALLOW', () => {
  it('is a list of CIDRs, empty by default', () => {
    expect(readEnv(egressEnv, {})).toEqual({ EGRESS_ALLOW: [] })
    expect(readEnv(egressEnv, { EGRESS_ALLOW: '10.0.0.0/8, ::1/128' })).toEqual({
      EGRESS_ALLOW: ['10.0.0.0/8', '::1/128'],
    })
  })

  it.each(['10.0.0.1', 'all', '10.0.0.0/33'])('does not take %j', (text) => {
    expect(() => readEnv(egressEnv, { EGRESS_ALLOW: text })).toThrow(/EGRESS_ALLOW: expected CIDRs/)
  })
})

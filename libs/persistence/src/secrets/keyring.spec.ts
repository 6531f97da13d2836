import { randomBytes } from 'node:crypto'
import { Keyring } from './keyring'

const [older, newer] = [randomBytes(32), randomBytes(32)]

describe('a keyring', () => {
  const keyring = new Keyring([older])

  it.each(['', 'secret', 'geheim – 秘密', 'x'.repeat(10_000)])('opens what it sealed', (secret) => {
    const sealed = keyring.seal(secret, 'here')
    expect(keyring.open(sealed, 'here')).toBe(secret)
    if (secret !== '') expect(sealed).not.toContain(secret)
    expect(keyring.seal(secret, 'here')).not.toBe(sealed)
  })

  it('refuses what was sealed for another place, was changed, or is plain', () => {
    const sealed = keyring.seal('secret', 'here')
    expect(() => keyring.open(sealed, 'there')).toThrow(/not sealed for it/)
    for (let at = sealed.lastIndexOf(':') + 1; at < sealed.length - 1; at += 1) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
      expect(() => keyring.open(changed, 'here')).toThrow(/not sealed for it/)
    }
    expect(() => keyring.open(sealed.slice(0, -12), 'here')).toThrow(/not sealed for it/)
    expect(() => keyring.open('secret', 'here')).toThrow(/is not sealed/)
  })

  it('seals with its first key and opens with any', () => {
    const both = new Keyring([newer, older])
    expect(both.open(keyring.seal('secret', 'here'), 'here')).toBe('secret')
    expect(() => keyring.open(both.seal('secret', 'here'), 'here')).toThrow(/is not among those given/)
    expect(new Keyring([newer]).open(both.seal('secret', 'here'), 'here')).toBe('secret')
  })
})

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openKeyring } from './master-key.env'

const [newer, older] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')]

describe('the master keys', () => {
  it('come from the setting or from a file, the newest first', () => {
    const folder = mkdtempSync(join(tmpdir(), 'master-key-'))
    const file = join(folder, 'key')
    writeFileSync(file, `${newer}\n${older}\n`)
    try {
      const before = openKeyring({ MASTER_KEY: older }).seal('secret', 'here')
      for (const settings of [{ MASTER_KEY: `${newer},${older}` }, { MASTER_KEY_FILE: file }]) {
        const both = openKeyring(settings)
        expect(both.open(before, 'here')).toBe('secret')
        expect(both.sealingKeyId).toBe(openKeyring({ MASTER_KEY: newer }).sealingKeyId)
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it.each([
    [{}, /MASTER_KEY: expected base64 of 32 random bytes/],
    [{ MASTER_KEY: randomBytes(31).toString('base64') }, /MASTER_KEY: expected base64 of 32 bytes/],
    [{ MASTER_KEY: 'correct horse battery staple' }, /MASTER_KEY: expected base64 of 32 bytes/],
    [{ MASTER_KEY: ' , ' }, /MASTER_KEY: expected base64 of 32 bytes/],
    [{ MASTER_KEY_FILE: '/nowhere/key' }, /MASTER_KEY_FILE: cannot be read: Error: ENOENT/],
  ])('are asked for when %j is set', (settings, said) => {
    expect(() => openKeyring(settings)).toThrow(said)
  })
})

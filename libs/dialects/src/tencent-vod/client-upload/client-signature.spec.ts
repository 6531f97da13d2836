import { mainSubApp } from '@libs/kernel'
import { createHmac } from 'node:crypto'
import { readClientUpload, verifyClientUpload } from './client-signature'

const key = { secretId: 'AKIDEXAMPLE', secretKey: 'SECRETKEYEXAMPLE', subAppId: mainSubApp }

/** What the vendor's own signer makes of it. */
const vector =
  'AtpZoUkscNTDlV97gvgjmnSdebhzZWNyZXRJZD1BS0lERVhBTVBMRSZjdXJyZW50VGltZVN0YW1wPTE3MDAwMDAwMDAmZXhwaXJlVGltZT0xNzAwMDg2NDAwJnJhbmRvbT0yMjA2MjUmcHJvY2VkdXJlPUxvbmdWaWRlb1ByZXNldA=='

const signedAtMs = 1_700_000_000_000

function aGate(nowMs = signedAtMs) {
  const admitted = new Set<string>()
  return {
    nowMs,
    findKey: (secretId: string) => Promise.resolve(secretId === key.secretId ? key : undefined),
    admitOnce: (signature: string) => Promise.resolve(admitted.size < admitted.add(signature).size),
  }
}

function sign(fields: Record<string, string | number>, secretKey = key.secretKey): string {
  const plain = new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()
  return Buffer.concat([createHmac('sha1', secretKey).update(plain).digest(), Buffer.from(plain)]).toString('base64')
}

const fields = { secretId: key.secretId, currentTimeStamp: 1_700_000_000, expireTime: 1_700_003_600, random: 1 }

describe('the signature of a client upload', () => {
  it('is verified as the vendor makes it, and says what is to be done', async () => {
    expect(await verifyClientUpload(vector, true, aGate())).toEqual({ subAppId: mainSubApp, secretId: key.secretId })
    expect(readClientUpload(vector)).toMatchObject({ procedure: 'LongVideoPreset', expiresAtS: 1_700_086_400 })
  })

  it('may be good once, for the call that uses it', async () => {
    const gate = aGate()
    const once = sign({ ...fields, oneTimeValid: 1 })
    await verifyClientUpload(once, true, gate)
    await verifyClientUpload(once, false, gate)
    await expect(verifyClientUpload(once, true, gate)).rejects.toMatchObject({ code: 'auth.replayed' })
    const often = sign(fields)
    await verifyClientUpload(often, true, gate)
    await verifyClientUpload(often, true, gate)
  })

  it.each([
    ['auth.badSignature', sign(fields, 'another')],
    ['auth.badSignature', sign(fields).replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))],
    ['auth.unknownKey', sign({ ...fields, secretId: 'AKIDNOBODY' })],
    ['auth.expired', sign({ ...fields, expireTime: 1_699_999_999 })],
    ['auth.expired', sign({ ...fields, currentTimeStamp: 1_700_000_400 })],
    ['auth.expired', sign({ ...fields, expireTime: 1_700_000_000 + 91 * 86_400 })],
    ['auth.malformed', sign({ ...fields, random: '' })],
    ['auth.malformed', sign({ ...fields, taskPriority: 'high' })],
    ['auth.malformed', ''],
    ['auth.malformed', '%%%'],
    ['subApp.notFound', sign({ ...fields, vodSubAppId: 7 })],
  ])('is answered %s', async (code, signature) => {
    await expect((async () => verifyClientUpload(signature, true, aGate()))()).rejects.toMatchObject({ code })
  })
})

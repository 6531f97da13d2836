import { AppError } from '@libs/kernel'
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** What every sealed text begins with; then come the key's id, a colon, and nonce, tag and ciphertext in base64url. */
export const sealedPrefix = 'sealed:1:'

/** NIST SP 800-38D: 96 bits, made at random for every sealing, are safe for 2^32 of them under one key. */
const nonceBytes = 12
const tagBytes = 16
const algorithm = 'aes-256-gcm'

/** The master keys of an installation: secrets are sealed with the first and opened with whichever sealed them. */
export class Keyring {
  private readonly keys: ReadonlyMap<string, Buffer>
  /** The id of the key that seals. */
  readonly sealingKeyId: string

  /** @param keys each of 32 bytes, at least one */
  constructor(keys: readonly Buffer[]) {
    const named = keys.map((key) => [idOf(key), key] as const)
    const [first] = named
    if (first === undefined) throw new Error('A keyring has at least one key.')
    this.keys = new Map(named)
    this.sealingKeyId = first[0]
  }

  /** Whether secrets that a key sealed can be opened. */
  has(keyId: string): boolean {
    return this.keys.has(keyId)
  }

  /**
   * AES-256-GCM.
   * @param place whose secret it is: opened as anybody else's, the text is refused
   */
  seal(secret: string, place: string): string {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv(algorithm, this.keyOf(this.sealingKeyId), nonce, { authTagLength: tagBytes })
    cipher.setAAD(Buffer.from(place))
    const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
    const packed = Buffer.concat([nonce, cipher.getAuthTag(), text])
    return `${sealedPrefix}${this.sealingKeyId}:${packed.toString('base64url')}`
  }

  /** @throws AppError `internal` when it is not sealed, was sealed with an unknown key or for another place, or was changed */
  open(sealed: string, place: string): string {
    const [keyId, packed] = sealed.slice(sealedPrefix.length).split(':')
    if (!sealed.startsWith(sealedPrefix) || keyId === undefined || packed === undefined) {
      throw new AppError('internal', `What is kept at ${place} is not sealed.`)
    }
    const key = this.keyOf(keyId)
    const bytes = Buffer.from(packed, 'base64url')
    try {
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
      decipher.setAAD(Buffer.from(place))
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
      return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8')
    } catch (cause) {
      throw new AppError('internal', `What is kept at ${place} was not sealed for it.`, { cause })
    }
  }

  private keyOf(keyId: string): Buffer {
    const key = this.keys.get(keyId)
    if (key === undefined) throw new AppError('internal', `The master key ${keyId} is not among those given.`)
    return key
  }
}

/** What a secret is sealed for, so that it is worth nothing in another row or another column. */
export function placeOf(table: string, column: string, owner: string | number): string {
  return `${table}.${column} of ${owner}`
}

/** Tells keys apart, and says nothing about them: they are random. */
function idOf(key: Buffer): string {
  return createHash('sha256').update('stillflow master key').update(key).digest('hex').slice(0, 8)
}

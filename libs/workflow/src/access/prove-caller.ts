import { AppError, type ErrorCode } from '@libs/kernel'
import type { AccessKey } from '../ports/stores/access-key.store.port'
import type { FailedAuth } from '../ports/failed-auth.port'
import type { FindAccessKey } from './find-access-key'

/** What somebody who guesses is answered. */
const guesses: ReadonlySet<ErrorCode> = new Set(['auth.unknownKey', 'auth.badSignature'])

export type KeyFinder = (secretId: string) => Promise<AccessKey | undefined>

/** Every door's way to believe a caller: whoever fails too often is not listened to for a while. */
export class ProveCaller {
  constructor(
    private readonly findAccessKey: FindAccessKey,
    private readonly failedAuth: FailedAuth,
  ) {}

  /**
   * @param address of the client
   * @param prove asks for the key that the caller names, and throws `auth.*` unless the caller has its secret
   * @throws AppError `auth.tooOften`; what `prove` throws
   */
  async execute<Proved>(address: string, prove: (findKey: KeyFinder) => Promise<Proved>): Promise<Proved> {
    let named: string | undefined
    this.failedAuth.refuse(address)
    try {
      return await prove((secretId) => {
        named = secretId
        this.failedAuth.refuse(address, secretId)
        return this.findAccessKey.execute(secretId)
      })
    } catch (thrown) {
      if (thrown instanceof AppError && guesses.has(thrown.code)) await this.failedAuth.note(address, named)
      throw thrown
    }
  }
}

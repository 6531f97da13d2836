import { AppError, type ErrorCode } from '@libs/kernel'
import type { AccessKey } from '../ports/stores/access-key.store.port'
import type { FailedAuth } from '../ports/failed-auth.port'
import type { FindAccessKey } from './find-access-key'
import { type KeyScope, refuseOutOfScope } from './key-scope'

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
   * @param needed what the key has to be for, where that is known before who calls
   * @throws AppError `auth.tooOften`, `auth.forbidden`; what `prove` throws
   */
  async execute<Proved>(
    address: string,
    prove: (findKey: KeyFinder) => Promise<Proved>,
    needed?: KeyScope,
  ): Promise<Proved> {
    let named: string | undefined
    let key: AccessKey | undefined
    this.failedAuth.refuse(address)
    try {
      const proved = await prove(async (secretId) => {
        named = secretId
        this.failedAuth.refuse(address, secretId)
        key = await this.findAccessKey.execute(secretId)
        return key
      })
      if (key !== undefined && needed !== undefined) refuseOutOfScope(key, needed)
      return proved
    } catch (thrown) {
      if (thrown instanceof AppError && guesses.has(thrown.code)) await this.failedAuth.note(address, named)
      throw thrown
    }
  }
}

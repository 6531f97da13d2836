/** Counts those who fail to prove who they are, and says when it is enough. */
export abstract class FailedAuth {
  /**
   * To be asked before anything is computed for a caller. It looks into this process alone and waits for nothing.
   * @param address of the client
   * @param secretId the key that it names, once that is read
   * @throws AppError `auth.tooOften` when that address failed too often within a minute, or when that key was tried in vain
   *   too often and the address had part in it: whoever never failed is not locked out by others
   */
  abstract refuse(address: string, secretId?: string): void

  /** Counts a failure, for all processes. It never fails and never waits long. */
  abstract note(address: string, secretId: string | undefined): Promise<void>
}

import type { Clock } from '@libs/kernel'
import { createHash } from 'node:crypto'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'

const batch = 10_000

/** Lets a signed request in once, whichever process it comes to. */
export class AdmitOnce {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @param signature any text that is the same for the same request
   * @param expiresAt when such a request is refused anyway
   * @returns false when it has been let in before
   */
  async execute(signature: string, expiresAt: Date): Promise<boolean> {
    const digest = createHash('sha256').update(signature).digest('base64url')
    return this.unitOfWork.stores.accessKeys.admitOnce(digest, expiresAt)
  }

  /** @returns how many were forgotten, because such requests are refused by now */
  async forgetExpired(): Promise<number> {
    return this.unitOfWork.stores.accessKeys.forgetAdmitted(new Date(this.clock.nowMs()), batch)
  }
}

import type { Clock } from '@libs/kernel'
import type { AccessKey } from '../ports/stores/access-key.store.port'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'

/** How long a key is believed without looking: also how long a revoked one may still be. */
const believedMs = 1_000

/** Every call needs its key, and the same few keys make nearly all calls. */
export class FindAccessKey {
  private known = new Map<string, AccessKey>()
  private forgetAtMs = 0

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(secretId: string): Promise<AccessKey | undefined> {
    const nowMs = this.clock.nowMs()
    if (nowMs >= this.forgetAtMs) {
      this.known = new Map()
      this.forgetAtMs = nowMs + believedMs
    }
    const known = this.known.get(secretId)
    if (known !== undefined) return known
    const found = await this.unitOfWork.stores.accessKeys.find(secretId)
    if (found !== undefined) this.known.set(secretId, found)
    return found
  }
}

import type { Clock } from '@libs/kernel'
import { createHash } from 'node:crypto'
import type { FirstSeen } from '../ports/first-seen.port'

/** A signature is good until five minutes after its timestamp, which may itself be five minutes ahead. */
const keptMs = 10 * 60 * 1_000

/** Two honest calls within a second, and one that a client sends again at once, may have the same bytes. */
const soonMs = 2_000

/** Lets a signed call that carries no nonce in when it comes first, and for two seconds from then. */
export class AdmitSoon {
  constructor(
    private readonly firstSeen: FirstSeen,
    private readonly clock: Clock,
  ) {}

  /**
   * @param signature any text that is the same for the same request
   * @returns false when it came first more than two seconds ago; true when nobody can tell, for it is signed all the same
   */
  async execute(signature: string): Promise<boolean> {
    const digest = createHash('sha256').update(signature).digest('base64url')
    const nowMs = this.clock.nowMs()
    const firstMs = await this.firstSeen.note(digest, nowMs, keptMs)
    return firstMs === undefined || nowMs - firstMs <= soonMs
  }
}

import { AppError, type Clock, type SubAppId } from '@libs/kernel'
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Grip } from '../ports/stores/upload.store.port'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'

/** A process that died has an upload in hand for so long yet. */
const leaseMs = 10_000
/** How often it is kept in hand, and how soon its holder learns that somebody else asks for it. */
const beatMs = 1_000
const askAgainMs = 250
/** Longer than a lease, so that the hand of a dead process is waited for. */
const patienceMs = 15_000

/** One request at a time has an upload in hand, whichever process it came to; who comes later asks the other to let go. */
export class HoldUploads {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @param signal ends the waiting
   * @param wanted is called when another request asks for the upload, or has taken it over
   * @returns what lets go of it
   * @throws AppError `upload.notFound`, `upload.busy`
   */
  async take(subAppId: SubAppId, token: string, signal: AbortSignal, wanted: () => void): Promise<() => Promise<void>> {
    const upload = await this.work.run(subAppId, ({ uploads }) => uploads.find(token))
    if (upload?.subAppId !== subAppId) {
      throw new AppError('upload.notFound', 'There is no such upload, or it is over.')
    }
    const holder = randomUUID()
    const startedMs = performance.now()
    while ((await this.hold(subAppId, token, holder)) === 'taken') {
      if (signal.aborted || performance.now() - startedMs > patienceMs) {
        throw new AppError('upload.busy', 'Another request is at this upload; try again soon.')
      }
      await this.work.run(subAppId, ({ uploads }) => uploads.want(token))
      await wait(askAgainMs)
    }
    const over = new AbortController()
    const beating = this.beat(() => this.hold(subAppId, token, holder), over.signal, wanted)
    return async () => {
      over.abort()
      await beating
      await this.work.run(subAppId, ({ uploads }) => uploads.letGo(token, holder))
    }
  }

  private async beat(hold: () => Promise<Grip>, over: AbortSignal, wanted: () => void): Promise<void> {
    for (;;) {
      await wait(beatMs, undefined, { signal: over }).catch(() => undefined)
      if (over.aborted) return
      // Where the database does not answer, the lease goes on for a while; the next beat that works tells who has it.
      if ((await hold().catch(() => 'held')) !== 'held') wanted()
    }
  }

  private hold(subAppId: SubAppId, token: string, holder: string): Promise<Grip> {
    const nowMs = this.clock.nowMs()
    return this.work.run(subAppId, ({ uploads }) =>
      uploads.hold(token, holder, new Date(nowMs), new Date(nowMs + leaseMs)),
    )
  }
}

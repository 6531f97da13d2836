import { AppError } from '@libs/kernel'
import { type Errand, InFlight } from '@libs/workflow'

/** Counts the requests that this process is at, each errand apart: slow lines do not keep callers out. */
export class CountedInFlight extends InFlight {
  private readonly counts: Record<Errand, number> = { call: 0, transfer: 0, stream: 0 }

  /** @param most of each */
  constructor(private readonly most: number) {
    super()
  }

  override enter(errand: Errand): () => void {
    if (this.counts[errand] >= this.most) {
      throw new AppError('request.overload', 'Too many requests are under way here; try again soon.')
    }
    this.counts[errand] += 1
    return () => {
      this.counts[errand] -= 1
    }
  }
}

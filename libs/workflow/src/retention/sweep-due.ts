import type { Clock } from '@libs/kernel'
import { type KeptPart, keptParts, type RetentionStore, type SweepLot } from './retention.store.port'
import type { RetentionRules } from './retention-rules'

/** Rows that one transaction looks at. */
const pageRows = 1_000

/** `look` tells what `discard` would do. */
export type SweepMode = 'look' | 'discard'

/** A part of a sweep that is done. */
export interface Swept {
  readonly of: KeptPart | 'orphans'
  readonly rows: number
  /** Of files, as far as they are known. */
  readonly bytes: number
}

const rulesOf: Readonly<Record<KeptPart, (rules: RetentionRules) => boolean>> = {
  // Templates may have rules of their own.
  results: () => true,
  sources: ({ sourcesDays }) => sourcesDays !== undefined,
  events: ({ eventsDays }) => eventsDays !== undefined,
  media: ({ runsDays }) => runsDays !== undefined,
  runs: ({ runsDays }) => runsDays !== undefined,
}

/** Gives up what has been kept long enough, page by page. */
export class SweepDue {
  constructor(
    private readonly store: RetentionStore,
    private readonly clock: Clock,
    private readonly rules: RetentionRules,
  ) {}

  /** One sweep over all rows; whoever stops taking from it stops it between two transactions. */
  async *lots(mode: SweepMode): AsyncGenerator<Swept> {
    const at = new Date(this.clock.nowMs())
    for (const part of keptParts.filter((each) => rulesOf[each](this.rules))) {
      let lot: SweepLot | undefined
      do {
        lot = await this.store[mode](part, { rules: this.rules, at, after: lot?.next ?? '', limit: pageRows })
        yield { of: part, rows: lot.rows, bytes: lot.bytes }
      } while (lot.next !== undefined)
    }
  }
}

import type { FileOwner } from './file-owner'
import type { RetentionRules } from './retention-rules'

/** What is kept for a time, in the order in which it is given up: none of them makes another due in the same sweep. */
export const keptParts = ['results', 'sources', 'events', 'media', 'runs'] as const
export type KeptPart = (typeof keptParts)[number]

/** The next rows to be looked at, in the order of their ids. */
export interface SweepPage {
  readonly rules: RetentionRules
  /** When the sweep began: the same for all of it. */
  readonly at: Date
  /** The id where the page before this one ended; empty at first. */
  readonly after: string
  readonly limit: number
}

export interface SweepLot {
  /** Of those that were looked at, the ones that are due. */
  readonly rows: number
  /** As far as they are known. */
  readonly bytes: number
  /** Where the next page begins; undefined after the last. */
  readonly next: string | undefined
}

/** What is kept for how long. Every call is a transaction of its own; several may be at it at once. */
export abstract class RetentionStore {
  /** Says what of a page is due, and changes nothing. */
  abstract look(part: KeptPart, page: SweepPage): Promise<SweepLot>

  /** Gives up what of a page is due: rows at once, files by removals. What somebody else holds is left for the next sweep. */
  abstract discard(part: KeptPart, page: SweepPage): Promise<SweepLot>

  /** Those folders that no row stands for any more. */
  abstract abandoned(owners: readonly FileOwner[]): Promise<readonly FileOwner[]>

  /** Begins a pass, unless one has begun since. @returns whether this call has begun it */
  abstract beginPass(at: Date, since: Date): Promise<boolean>
}

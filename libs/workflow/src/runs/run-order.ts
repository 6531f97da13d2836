import type { Session } from '../ports/stores/run.store.port'
import type { NotifyMode } from './run'

/** What a caller may say about a run besides what it is to make. */
export interface RunOrder {
  readonly dialect: string
  readonly priority: number
  /** The named queue to put it in. */
  readonly queue?: string | undefined
  readonly notifyMode: NotifyMode | undefined
  /** Where to tell of this run in place of the sub-application's address; works where events are pushed at all. */
  readonly callbackUrl?: string | undefined
  readonly sessionContext: string
  /** JSON text to give back. */
  readonly userData?: string | undefined
  /** What is asked, in the words of the dialect, to be told again as it was. */
  readonly written?: string | undefined
  readonly session: Session | undefined
}

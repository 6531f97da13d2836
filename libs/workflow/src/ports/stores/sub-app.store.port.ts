import type { SubAppId } from '@libs/kernel'
import type { SubApp, SubAppChange } from '../../access/sub-app'

/** Sub-applications; the main one is not stored. */
export abstract class SubAppStore {
  /** To be called in a transaction. @returns undefined, and changes nothing, when there are `most` already */
  abstract insert(about: Pick<SubApp, 'name' | 'description'>, most: number, at: Date): Promise<SubApp | undefined>

  abstract find(id: SubAppId): Promise<SubApp | undefined>

  /** @returns by ascending id */
  abstract list(): Promise<readonly SubApp[]>

  /** @returns undefined when there is none */
  abstract change(id: SubAppId, change: SubAppChange): Promise<SubApp | undefined>
}

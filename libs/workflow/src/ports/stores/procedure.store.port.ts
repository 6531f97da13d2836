import type { SubAppId } from '@libs/kernel'
import type { Procedure } from '../../procedures/procedure'

/** Custom procedures; presets are not stored. */
export abstract class ProcedureStore {
  /** @returns false when the name is taken */
  abstract insert(subAppId: SubAppId, procedure: Procedure): Promise<boolean>

  abstract find(subAppId: SubAppId, name: string): Promise<Procedure | undefined>

  /** @returns by ascending time of creation */
  abstract list(subAppId: SubAppId, names: readonly string[] | undefined): Promise<readonly Procedure[]>
}

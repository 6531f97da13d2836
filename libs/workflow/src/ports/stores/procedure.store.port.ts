import type { SubAppId } from '@libs/kernel'
import type { Procedure } from '../../procedures/procedure'

/** Custom procedures; presets are not stored. */
export abstract class ProcedureStore {
  /** To be called in a transaction: until it ends, nobody else adds a procedure. @returns how many there are */
  abstract countForInsert(subAppId: SubAppId): Promise<number>

  /** @returns false when there is none of that name */
  abstract replace(
    subAppId: SubAppId,
    procedure: Pick<Procedure, 'name' | 'comment' | 'tasks'>,
    at: Date,
  ): Promise<boolean>

  /** @returns false when there was none */
  abstract remove(subAppId: SubAppId, name: string): Promise<boolean>

  /** @returns false when the name is taken */
  abstract insert(subAppId: SubAppId, procedure: Procedure): Promise<boolean>

  abstract find(subAppId: SubAppId, name: string): Promise<Procedure | undefined>

  /** @returns by ascending time of creation */
  abstract list(subAppId: SubAppId, names: readonly string[] | undefined): Promise<readonly Procedure[]>
}

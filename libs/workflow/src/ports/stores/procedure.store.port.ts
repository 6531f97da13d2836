import type { SubAppId } from '@libs/kernel'
import type { Procedure } from '../../procedures/procedure'

/** Custom procedures; presets are not stored. */
export abstract class ProcedureStore {
  /** To be called in a transaction: until it ends, nobody else adds a procedure. @returns how many there are */
  abstract countForInsert(subAppId: SubAppId): Promise<number>

  /** To be called in a transaction, at whose end the procedure may be changed by others again. */
  abstract findForChange(subAppId: SubAppId, name: string): Promise<Procedure | undefined>

  /** Gives the procedure of that name other tasks and another comment. */
  abstract replace(
    subAppId: SubAppId,
    procedure: Pick<Procedure, 'name' | 'comment' | 'tasks'>,
    at: Date,
  ): Promise<void>

  abstract remove(subAppId: SubAppId, name: string): Promise<void>

  /** @returns false when the name is taken */
  abstract insert(subAppId: SubAppId, procedure: Procedure): Promise<boolean>

  abstract find(subAppId: SubAppId, name: string): Promise<Procedure | undefined>

  /** @returns by ascending time of creation */
  abstract list(subAppId: SubAppId, names: readonly string[] | undefined): Promise<readonly Procedure[]>
}

import { AppError, type SubAppId } from '@libs/kernel'
import type { SubAppStores } from '../ports/stores/unit-of-work.port'
import { presetProcedures } from './preset-procedures'
import type { Procedure } from './procedure'

/** @throws AppError `procedure.notFound` */
export async function findProcedure(stores: SubAppStores, subAppId: SubAppId, name: string): Promise<Procedure> {
  const preset = presetProcedures.find((procedure) => procedure.name === name)
  const procedure = preset ?? (await stores.procedures.find(subAppId, name))
  if (procedure !== undefined) return procedure
  throw new AppError('procedure.notFound', `There is no procedure named "${name}".`, { field: 'procedure' })
}

import type { SubAppId } from '@libs/kernel'
import { type Page, pageOf, type PageRequest } from '../page'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'
import type { Procedure } from './procedure'

export interface DescribeProceduresQuery extends PageRequest {
  readonly names?: readonly string[] | undefined
  readonly type?: 'preset' | 'custom' | undefined
}

export class DescribeProcedures {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute(subAppId: SubAppId, query: DescribeProceduresQuery): Promise<Page<Procedure>> {
    const custom = query.type === 'preset' ? [] : await this.unitOfWork.stores.procedures.list(subAppId, query.names)
    return pageOf(custom, query)
  }
}

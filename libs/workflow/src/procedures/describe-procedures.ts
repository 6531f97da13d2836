import type { SubAppId } from '@libs/kernel'
import { type Page, pageOf, type PageRequest } from '../page'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'
import { unknownProcedure } from './keep-procedure'
import { presetProcedures } from './preset-procedures'
import type { Procedure } from './procedure'

export interface DescribeProceduresQuery extends PageRequest {
  readonly names?: readonly string[] | undefined
  readonly type?: 'preset' | 'custom' | undefined
  /** By time of creation; ascending by default. */
  readonly order?: 'ascending' | 'descending' | undefined
}

/** Presets are older than any custom procedure. */
export class DescribeProcedures {
  constructor(private readonly work: SubAppWork) {}

  async execute(subAppId: SubAppId, query: DescribeProceduresQuery): Promise<Page<Procedure>> {
    const { names, type, order } = query
    const presets = presetProcedures.filter(({ name }) => names?.includes(name) ?? true)
    const list = () => this.work.run(subAppId, ({ procedures }) => procedures.list(subAppId, names))
    const custom = type === 'preset' ? [] : await list()
    const all = [...(type === 'custom' ? [] : presets), ...custom]
    return pageOf(order === 'descending' ? all.toReversed() : all, query)
  }

  /** @throws AppError `procedure.notFound` */
  async one(subAppId: SubAppId, name: string): Promise<Procedure> {
    const { items } = await this.execute(subAppId, { names: [name], offset: 0, limit: 1 })
    const [found] = items
    if (found === undefined) throw unknownProcedure(name)
    return found
  }
}

import type { SubAppId } from '@libs/kernel'
import type { RunQuery } from '../ports/stores/run-history.store.port'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'
import type { Run } from './run'

/** The runs that callers asked for: those that make pictures, and pulls. */
export class ListRuns {
  constructor(private readonly work: SubAppWork) {}

  /** @returns a page, and whether there is more behind it */
  async execute(
    subAppId: SubAppId,
    query: RunQuery,
  ): Promise<{ readonly runs: readonly Run[]; readonly hasMore: boolean }> {
    const oneMore = { ...query, limit: query.limit + 1 }
    const found = await this.work.run(subAppId, ({ history }) => history.list(subAppId, oneMore))
    return { runs: found.slice(0, query.limit), hasMore: found.length > query.limit }
  }
}

import { AppError, type MediaId, type SubAppId } from '@libs/kernel'
import type { PictureKindName } from '@libs/tasks'
import type { RunQuery } from '../ports/stores/run-history.store.port'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'
import type { Run, RunReport } from './run'

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

  /** @returns a page of those that make pictures, with their tasks, and whether there is more behind it */
  async withTasks(
    subAppId: SubAppId,
    query: RunQuery,
  ): Promise<{ readonly reports: readonly RunReport<PictureKindName>[]; readonly hasMore: boolean }> {
    const { runs, hasMore } = await this.execute(subAppId, { ...query, type: 'process' })
    const ids = runs.map(({ id }) => id)
    const reports = await this.work.run(subAppId, (stores) => stores.runs.reportsOf(ids))
    const found = new Map(reports.map((report) => [report.run.id, report]))
    return { reports: ids.flatMap((id) => found.get(id) ?? []), hasMore }
  }

  /** As `withTasks`, of a media that has to be there. @throws AppError `media.notFound` */
  async ofMedia(subAppId: SubAppId, mediaId: MediaId, query: RunQuery) {
    const media = await this.work.run(subAppId, (stores) => stores.media.find(subAppId, mediaId))
    if (media !== undefined) return this.withTasks(subAppId, { ...query, mediaId })
    throw new AppError('media.notFound', `There is no media "${mediaId}".`, { field: 'mediaId' })
  }
}

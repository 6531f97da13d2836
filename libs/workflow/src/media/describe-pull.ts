import { AppError, type RunId, type SubAppId } from '@libs/kernel'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'
import type { Run } from '../runs/run'
import type { Media } from './media'

/** A run that fetches a media from a URL. */
export class DescribePull {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws AppError `run.notFound` */
  async execute(subAppId: SubAppId, runId: RunId): Promise<{ readonly run: Run; readonly media: Media }> {
    const { history, media } = this.unitOfWork.stores
    const run = await history.findPull(subAppId, runId)
    const pulled = run && (await media.findOfRun(run.mediaId))
    if (run !== undefined && pulled !== undefined) return { run, media: pulled }
    throw new AppError('run.notFound', `There is no task "${runId}".`, { field: 'runId' })
  }
}

import { AppError, type RunId, type SubAppId } from '@libs/kernel'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'
import type { Run } from '../runs/run'
import type { Media } from './media'

/** A run that fetches a media from a URL. */
export class DescribePull {
  constructor(private readonly work: SubAppWork) {}

  /** @throws AppError `run.notFound` */
  async execute(subAppId: SubAppId, runId: RunId): Promise<{ readonly run: Run; readonly media: Media }> {
    const found = await this.work.run(subAppId, async ({ history, media }) => {
      const run = await history.findPull(subAppId, runId)
      const pulled = run && (await media.findOfRun(run.mediaId))
      return run && pulled && { run, media: pulled }
    })
    if (found !== undefined) return found
    throw new AppError('run.notFound', `There is no task "${runId}".`, { field: 'runId' })
  }
}

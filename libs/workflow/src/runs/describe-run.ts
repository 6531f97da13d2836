import { AppError, noteWork, type RunId, type SubAppId } from '@libs/kernel'
import type { PictureKindName } from '@libs/tasks'
import type { Media } from '../media/media'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'
import type { RunReport } from './run'

export interface DescribedRun {
  readonly report: RunReport<PictureKindName>
  readonly media: Media
}

export class DescribeRun {
  constructor(private readonly work: SubAppWork) {}

  /** @throws AppError `run.notFound` */
  async execute(subAppId: SubAppId, runId: RunId): Promise<DescribedRun> {
    noteWork({ runId })
    const found = await this.work.run(subAppId, async ({ runs, media }) => {
      const report = await runs.findProcess(subAppId, runId)
      const about = report && (await media.findOfRun(report.run.mediaId))
      return report && about && { report, media: about }
    })
    if (found !== undefined) return found
    throw new AppError('run.notFound', `There is no task "${runId}".`, { field: 'runId' })
  }
}

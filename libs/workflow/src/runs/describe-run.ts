import { AppError, type RunId, type SubAppId } from '@libs/kernel'
import type { PictureKindName } from '@libs/tasks'
import type { Media } from '../media/media'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'
import type { RunReport } from './run'

export interface DescribedRun {
  readonly report: RunReport<PictureKindName>
  readonly media: Media
}

export class DescribeRun {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws AppError `run.notFound` */
  async execute(subAppId: SubAppId, runId: RunId): Promise<DescribedRun> {
    const { runs, media } = this.unitOfWork.stores
    const report = await runs.findProcess(subAppId, runId)
    const about = report && (await media.findOfRun(report.run.mediaId))
    if (report !== undefined && about !== undefined) return { report, media: about }
    throw new AppError('run.notFound', `There is no task "${runId}".`, { field: 'runId' })
  }
}

import { AppError, type Clock, mainSubApp, type SubAppId } from '@libs/kernel'
import { type Page, pageOf, type PageRequest } from '../page'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'
import type { SubApp, SubAppChange } from './sub-app'

/** Tencent Cloud VOD, "Subapplications": an account has at most 50. */
const mostSubApps = 50

/** What a key of the main application does to sub-applications. */
export class ManageSubApps {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `auth.forbidden`, `subApp.limitReached` */
  async create(own: SubAppId, about: Pick<SubApp, 'name' | 'description'>): Promise<SubApp> {
    onlyMain(own)
    const at = new Date(this.clock.nowMs())
    const created = await this.unitOfWork.run(({ subApps }) => subApps.insert(about, mostSubApps, at))
    if (created !== undefined) return created
    throw new AppError('subApp.limitReached', `There are ${mostSubApps} sub-applications already.`)
  }

  /**
   * The caller's own application; for a key of the main one, all.
   * @param name an exact name
   * @throws AppError `subApp.off` for a key of one that is switched off
   */
  async describe(
    own: SubAppId,
    { name, ...page }: PageRequest & { readonly name?: string | undefined },
  ): Promise<Page<SubApp>> {
    const all = await this.unitOfWork.stores.subApps.list()
    if (own !== mainSubApp && all.find(({ id }) => id === own)?.state !== 'on') {
      throw new AppError('subApp.off', 'The sub-application is switched off.', { field: 'subApp' })
    }
    const seen = own === mainSubApp ? all : all.filter(({ id }) => id === own)
    return pageOf(name === undefined ? seen : seen.filter((subApp) => subApp.name === name), page)
  }

  /** The main application cannot be changed. @throws AppError `auth.forbidden`, `subApp.notFound` */
  async change(own: SubAppId, id: SubAppId, change: SubAppChange): Promise<SubApp> {
    onlyMain(own)
    const changed = await this.unitOfWork.stores.subApps.change(id, change)
    if (changed !== undefined) return changed
    throw new AppError('subApp.notFound', 'There is no such sub-application.', { field: 'subApp' })
  }
}

function onlyMain(own: SubAppId): void {
  if (own === mainSubApp) return
  throw new AppError('auth.forbidden', 'A key of the main application is needed.')
}

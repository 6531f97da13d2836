import { AppError, type MediaId, type SubAppId } from '@libs/kernel'
import type { PictureKindName } from '@libs/tasks'
import type { BroughtFiles } from '../ports/stores/run-history.store.port'
import type { MediaQuery } from '../ports/stores/media.store.port'
import type { SubAppStores, SubAppWork } from '../ports/stores/unit-of-work.port'
import type { Page } from '../page'
import type { SucceededTask } from '../runs/run'
import type { Media } from './media'

/** A media with the tasks that made its pictures: of each kind and template the latest that succeeded. */
export interface DescribedMedia {
  readonly media: Media
  readonly latest: readonly SucceededTask<PictureKindName>[]
}

export class DescribeMedia {
  constructor(private readonly work: SubAppWork) {}

  /** @returns those that are there, in the order of the ids */
  async execute(subAppId: SubAppId, ids: readonly MediaId[]): Promise<readonly DescribedMedia[]> {
    return this.work.run(subAppId, async (stores) => {
      const found = new Map((await stores.media.findMany(subAppId, ids)).map((media) => [media.id, media]))
      const media = [...new Set(ids)].flatMap((id) => found.get(id) ?? [])
      return withLatest(stores, media)
    })
  }

  /** @throws AppError `media.notFound` */
  async one(subAppId: SubAppId, id: MediaId): Promise<DescribedMedia> {
    const [found] = await this.execute(subAppId, [id])
    if (found !== undefined) return found
    throw notFound(id)
  }

  /** @returns a media with the latest task that brought some of those files @throws AppError `media.notFound` */
  async latestWith(subAppId: SubAppId, id: MediaId, brought: BroughtFiles) {
    const found = await this.work.run(subAppId, async ({ media, history }) => {
      const one = await media.find(subAppId, id)
      return one && { media: one, task: await history.latestWith(id, brought) }
    })
    if (found !== undefined) return found
    throw notFound(id)
  }
}

function notFound(id: MediaId): AppError {
  return new AppError('media.notFound', `There is no media "${id}".`, { field: 'mediaId' })
}

/** Finds media by what is said about them. */
export class SearchMedia {
  constructor(private readonly work: SubAppWork) {}

  /** @returns a page of them; `totalCount` stops at `mostCounted` */
  async execute(subAppId: SubAppId, query: MediaQuery): Promise<Page<DescribedMedia>> {
    return this.work.run(subAppId, async (stores) => {
      const { totalCount, items } = await stores.media.search(subAppId, query)
      return { totalCount, items: await withLatest(stores, items) }
    })
  }
}

async function withLatest({ history }: SubAppStores, media: readonly Media[]): Promise<readonly DescribedMedia[]> {
  const tasks = media.length === 0 ? [] : await history.latestOf(media.map(({ id }) => id))
  return media.map((each) => ({
    media: each,
    latest: tasks.filter(({ mediaId }) => mediaId === each.id).map(({ task }) => task),
  }))
}

import type { Media, UnitOfWork } from '@libs/workflow'
import { acceptRun } from '../builders/accept-run'
import { aMedia } from '../builders/media'
import { succeedTask } from '../builders/settled-task'

const at = new Date(1_795_000_000_000)
const later = (ms: number) => new Date(at.getTime() + ms)

/** What every store of the history of runs must do; `open` gives an empty one. */
export function runHistoryContract(open: () => Promise<UnitOfWork>): void {
  let unitOfWork: UnitOfWork
  let media: Media

  beforeEach(async () => {
    unitOfWork = await open()
    media = aMedia()
    await unitOfWork.stores.media.insert(media)
  })

  it('tells of a media the latest result of each kind and template', async () => {
    const other = aMedia()
    await unitOfWork.stores.media.insert(other)
    const kind = 'sampleSnapshot'
    await succeedTask(unitOfWork, { media, kind, finishedAt: at })
    const latest = await succeedTask(unitOfWork, { media, kind, finishedAt: later(2) })
    await succeedTask(unitOfWork, { media, kind, finishedAt: later(1) })
    const custom = await succeedTask(unitOfWork, { media, kind, definition: 1_000, finishedAt: at })
    const sprite = await succeedTask(unitOfWork, { media, kind: 'imageSprites', definition: 20 })
    const theirs = await succeedTask(unitOfWork, { media: other, kind })
    await acceptRun(unitOfWork, { media, of: {}, kinds: ['snapshotByTimeOffset'], due: later(10) })
    const { history } = unitOfWork.stores
    const own = [latest, sprite, custom].map(({ task }) => ({ mediaId: media.id, task }))
    expect(await history.latestOf([media.id])).toEqual(own)
    expect(await history.latestOf([media.id, other.id])).toHaveLength(4)
    expect(await history.latestOf([other.id])).toEqual([{ mediaId: other.id, task: theirs.task }])
  })
}

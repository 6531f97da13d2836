import { mainSubApp, type SubAppId } from '@libs/kernel'
import type { Media, MediaQuery, UnitOfWork } from '@libs/workflow'
import { aMedia, aMediaInfo } from '../builders/media'

const at = new Date(1_795_000_000_000)
const later = (ms: number) => new Date(at.getTime() + ms)
const other = 7 as SubAppId

/** What every store of media must do; `open` gives an empty one. */
export function mediaStoreContract(open: () => Promise<UnitOfWork>): void {
  let unitOfWork: UnitOfWork

  beforeEach(async () => {
    unitOfWork = await open()
  })

  async function inserted(overrides: Partial<Media> = {}): Promise<Media> {
    const media = aMedia(overrides)
    await unitOfWork.stores.media.insert(media)
    return media
  }

  const full = {
    description: 'd',
    sourceContext: 's',
    tags: ['a', 'b "c"'],
    marks: [{ atMs: 1_500, text: "it's" }],
    expiresAt: later(9_000),
    updatedAt: later(5),
  }

  it('gives back all that is said about a media', async () => {
    const media = await inserted(full)
    expect(await unitOfWork.stores.media.find(mainSubApp, media.id)).toEqual(media)
    expect(await unitOfWork.stores.media.findMany(mainSubApp, [media.id, aMedia().id])).toEqual([media])
    expect(await unitOfWork.stores.media.findMany(other, [media.id])).toEqual([])
  })

  it('changes what is given, and no more', async () => {
    const media = await inserted(full)
    const changed = await unitOfWork.run(async (stores) => {
      expect(await stores.media.findForChange(other, media.id)).toBeUndefined()
      const found = await stores.media.findForChange(mainSubApp, media.id)
      await stores.media.change(media.id, { tags: [], marks: [{ atMs: 1, text: 'm' }], expiresAt: undefined }, later(8))
      return found
    })
    expect(changed).toEqual(media)
    const expected = { ...media, tags: [], marks: [{ atMs: 1, text: 'm' }], expiresAt: undefined, updatedAt: later(8) }
    expect(await unitOfWork.stores.media.find(mainSubApp, media.id)).toEqual(expected)
    await unitOfWork.stores.media.change(media.id, { coverKey: 'covers/a.png', name: 'n', description: '' }, later(9))
    const again = { ...expected, coverKey: 'covers/a.png', name: 'n', description: '', updatedAt: later(9) }
    expect(await unitOfWork.stores.media.find(mainSubApp, media.id)).toEqual(again)
  })

  it('finds a media by the caller’s own id of it, which is taken once', async () => {
    const { media: store } = unitOfWork.stores
    const [media, later] = [await inserted(), await inserted()]
    await store.change(media.id, { reference: 'own-1' }, at)
    expect(await store.findByReference(mainSubApp, 'own-1')).toMatchObject({ id: media.id, reference: 'own-1' })
    expect(await store.findByReference(other, 'own-1')).toBeUndefined()
    await store.change(media.id, { reference: 'own-1' }, at)
    const taken = { code: 'request.invalidValue', field: 'reference' }
    await expect(store.change(later.id, { reference: 'own-1' }, at)).rejects.toMatchObject(taken)
    await store.markDeleted(media.id, at)
    expect(await store.findByReference(mainSubApp, 'own-1')).toBeUndefined()
    await store.change(later.id, { reference: 'own-1' }, at)
    expect(await store.findByReference(mainSubApp, 'own-1')).toMatchObject({ id: later.id })
  })

  it('shows a deleted media to its runs alone', async () => {
    const media = await inserted()
    const { media: store } = unitOfWork.stores
    await store.markDeleted(media.id, at)
    expect(await store.find(mainSubApp, media.id)).toBeUndefined()
    expect(await store.findMany(mainSubApp, [media.id])).toEqual([])
    expect(await unitOfWork.run((stores) => stores.media.findForRun(mainSubApp, media.id))).toBeUndefined()
    expect(await unitOfWork.run((stores) => stores.media.findForChange(mainSubApp, media.id))).toBeUndefined()
    expect(await store.search(mainSubApp, { order: 'ascending', offset: 0, limit: 9 })).toMatchObject({ totalCount: 0 })
    expect(await store.findOfRun(media.id)).toEqual(media)
  })

  it('tells which media have expired', async () => {
    const due = await inserted({ expiresAt: later(1) })
    await inserted({ expiresAt: later(3) })
    await inserted()
    const gone = await inserted({ expiresAt: later(0) })
    await unitOfWork.stores.media.markDeleted(gone.id, at)
    expect(await unitOfWork.run((stores) => stores.media.lockExpired(9, later(2)))).toEqual([due])
  })

  it('hands out removals until they are ended', async () => {
    const media = await inserted({ coverKey: 'covers/0/1/a.png' })
    const { media: store } = unitOfWork.stores
    await store.insertRemoval({ media, parts: undefined, dialect: 'd' }, at)
    await store.insertRemoval({ media, parts: ['source', 'madeCover'], dialect: 'd' }, later(1_000))
    const [whole, ...others] = await store.claimRemovals(9, later(10), later(500))
    expect(others).toEqual([])
    expect(whole).toMatchObject({ media, parts: undefined, dialect: 'd', isSecondLook: false })
    expect(await store.claimRemovals(9, later(20), later(500))).toEqual([])
    await store.lookAgain(whole?.id ?? '', later(700))
    expect(await store.claimRemovals(9, later(699), later(900))).toEqual([])
    expect(await store.claimRemovals(9, later(700), later(900))).toMatchObject([{ id: whole?.id, isSecondLook: true }])
    await store.endRemoval(whole?.id ?? '')
    const rest = await store.claimRemovals(9, later(5_000), later(6_000))
    expect(rest).toMatchObject([{ parts: ['source', 'madeCover'], isSecondLook: false }])
  })

  describe('searching', () => {
    const search = async (query: Partial<MediaQuery>) => {
      const asked = { order: 'ascending', offset: 0, limit: 10, ...query } as const
      const { totalCount, items } = await unitOfWork.stores.media.search(mainSubApp, asked)
      return { totalCount, names: items.map(({ name }) => name) }
    }

    beforeEach(async () => {
      await inserted({ name: 'Big Buck', createdAt: later(1), tags: ['film', 'long'], description: 'A rabbit' })
      await inserted({ name: 'buck_100%', createdAt: later(2), tags: ['short'], extension: 'mkv', expiresAt: later(9) })
      await inserted({ name: 'Song', createdAt: later(3), info: { ...aMediaInfo, videoStreams: [] } })
      await inserted({ name: 'theirs buck', createdAt: later(1), subAppId: other })
    })

    it.each([
      [{}, ['Big Buck', 'buck_100%', 'Song']],
      [{ order: 'descending' }, ['Song', 'buck_100%', 'Big Buck']],
      [{ names: ['BUCK'] }, ['Big Buck', 'buck_100%']],
      [{ names: ['k_1', 'ong'] }, ['buck_100%', 'Song']],
      [{ names: ['0%'] }, ['buck_100%']],
      [{ names: ['g_B'] }, []],
      [{ namePrefixes: ['big', 'so'] }, ['Big Buck', 'Song']],
      [{ descriptions: ['RABBIT'] }, ['Big Buck']],
      [{ tags: ['short', 'long'] }, ['Big Buck', 'buck_100%']],
      [{ extensions: ['mkv'] }, ['buck_100%']],
      [{ categories: ['audio'] }, ['Song']],
      [{ categories: ['video'] }, ['Big Buck', 'buck_100%']],
      [{ categories: [] }, []],
      [{ ids: [] }, []],
      [{ createdAt: { after: later(2), before: later(3) } }, ['buck_100%']],
      [{ expiresAt: { after: later(0) } }, ['buck_100%']],
      [{ names: ['buck'], tags: ['film'] }, ['Big Buck']],
    ] as const)('finds by %j', async (query, names) => {
      expect(await search(query as Partial<MediaQuery>)).toEqual({ totalCount: names.length, names })
    })

    it('takes a page out of all', async () => {
      expect(await search({ offset: 1, limit: 1 })).toEqual({ totalCount: 3, names: ['buck_100%'] })
    })
  })
}

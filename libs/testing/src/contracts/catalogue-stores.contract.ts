import { mainSubApp, type SubAppId } from '@libs/kernel'
import type { Procedure, UnitOfWork, Upload } from '@libs/workflow'
import { aMedia, aMediaInfo } from '../builders/media'

const at = new Date(1_795_000_000_000)
const other = 7 as SubAppId
const settings = {
  widthPx: 640,
  heightPx: 0,
  resolutionAdaptive: false,
  format: 'avif',
  fill: 'gauss',
  quality: 60,
  chroma: '444',
  accuracy: 'keyframe',
} as const

/** What every store of templates, procedures, media and access keys must do; `open` gives empty ones. */
export function catalogueStoresContract(open: () => Promise<UnitOfWork>): void {
  let unitOfWork: UnitOfWork

  beforeEach(async () => {
    unitOfWork = await open()
  })

  it('numbers custom templates from 1000 up, each number once', async () => {
    const { templates } = unitOfWork.stores
    const kept = { retainResultsDays: 30 }
    const template = { template: 'snapshotByTimeOffset', name: 'n', comment: 'c', settings, ...kept } as const
    const first = await templates.insert(mainSubApp, template, at)
    const second = await templates.insert(other, template, at)
    expect(first).toBeGreaterThanOrEqual(1_000)
    expect(second).toBeGreaterThan(first)
    const stored = { ...template, definition: first, type: 'custom', createdAt: at, updatedAt: at }
    expect(await templates.list(mainSubApp, { template: 'snapshotByTimeOffset', definitions: undefined })).toEqual([
      stored,
    ])
    expect(await templates.list(mainSubApp, { template: 'snapshotByTimeOffset', definitions: [second] })).toEqual([])
    expect(await templates.list(mainSubApp, { template: 'imageSprite', definitions: undefined })).toEqual([])
  })

  it('changes and removes the templates of their owner, of their kind', async () => {
    const { templates } = unitOfWork.stores
    const written = { dialect: 'd', text: '{ "a": 1 }' }
    const template = { template: 'snapshotByTimeOffset', name: 'n', comment: 'c', settings, written } as const
    const id = {
      template: 'snapshotByTimeOffset',
      definition: await templates.insert(mainSubApp, template, at),
    } as const
    const later = new Date(at.getTime() + 1_000)
    const current = await unitOfWork.run(async (stores) => {
      expect(await stores.templates.findForChange(other, id)).toBeUndefined()
      expect(await stores.templates.findForChange(mainSubApp, { ...id, template: 'imageSprite' })).toBeUndefined()
      const found = await stores.templates.findForChange(mainSubApp, id)
      await stores.templates.replace(
        id.definition,
        { ...template, written: undefined, name: 'm', settings: { ...settings, quality: 9 } },
        later,
      )
      return found
    })
    expect(current).toMatchObject({ name: 'n', settings, written, updatedAt: at })
    expect(await templates.list(mainSubApp, { template: id.template, definitions: undefined })).toEqual([
      expect.not.objectContaining({ written: expect.anything() as unknown }),
    ])
    expect(await templates.list(mainSubApp, { template: id.template, definitions: undefined })).toMatchObject([
      { name: 'm', comment: 'c', settings: { ...settings, quality: 9 }, createdAt: at, updatedAt: later },
    ])
    const count = () => unitOfWork.run((stores) => stores.templates.countForInsert(mainSubApp, id.template))
    await templates.remove(other, id)
    await templates.remove(mainSubApp, { ...id, template: 'imageSprite' })
    expect(await count()).toBe(1)
    await templates.remove(mainSubApp, id)
    expect(await count()).toBe(0)
  })

  it('replaces and removes a procedure', async () => {
    const { procedures } = unitOfWork.stores
    const tasks: Procedure['tasks'] = [{ kind: 'imageSprites', definition: 10, request: {} }]
    const change = { name: 'p', comment: 'changed', tasks }
    const later = new Date(at.getTime() + 1_000)
    await procedures.insert(mainSubApp, {
      ...change,
      type: 'custom',
      comment: '',
      tasks: [],
      createdAt: at,
      updatedAt: at,
    })
    await procedures.replace(other, change, later)
    expect(await procedures.find(mainSubApp, 'p')).toMatchObject({ comment: '', updatedAt: at })
    await procedures.replace(mainSubApp, change, later)
    const current = await unitOfWork.run((stores) => stores.procedures.findForChange(mainSubApp, 'p'))
    expect(current).toMatchObject({ ...change, createdAt: at, updatedAt: later })
    expect(await unitOfWork.run((stores) => stores.procedures.findForChange(other, 'p'))).toBeUndefined()
    expect(await unitOfWork.run((stores) => stores.procedures.countForInsert(mainSubApp))).toBe(1)
    await procedures.remove(other, 'p')
    expect(await procedures.find(mainSubApp, 'p')).toBeDefined()
    await procedures.remove(mainSubApp, 'p')
    expect(await procedures.find(mainSubApp, 'p')).toBeUndefined()
  })

  it('keeps a procedure under its name, one in each sub-application', async () => {
    const { procedures } = unitOfWork.stores
    const procedure: Procedure = {
      name: 'p',
      type: 'custom',
      comment: '',
      tasks: [
        { kind: 'coverBySnapshot', definition: 10, request: { position: { unit: 'percent', value: 50 } } },
        { kind: 'sampleSnapshot', definition: 10, request: {} },
        { kind: 'imageSprites', definition: 10, request: { accuracy: 'keyframe' } },
      ],
      createdAt: at,
      updatedAt: at,
    }
    expect(await procedures.insert(mainSubApp, procedure)).toBe(true)
    expect(await procedures.insert(mainSubApp, { ...procedure, comment: 'again' })).toBe(false)
    expect(await procedures.insert(other, { ...procedure, comment: 'theirs' })).toBe(true)
    expect(await procedures.find(mainSubApp, 'p')).toEqual(procedure)
    expect(await procedures.find(mainSubApp, 'q')).toBeUndefined()
    expect((await procedures.list(other, undefined)).map(({ comment }) => comment)).toEqual(['theirs'])
    expect(await procedures.list(mainSubApp, ['q'])).toEqual([])
  })

  it('lets a media become ready or failed once', async () => {
    const { media } = unitOfWork.stores
    const waiting = aMedia({ state: 'ingesting', info: undefined })
    await media.insert(waiting)
    expect(await media.find(mainSubApp, waiting.id)).toEqual(waiting)
    expect(await media.find(other, waiting.id)).toBeUndefined()
    await media.becomeReady(waiting.id, aMediaInfo)
    await media.becomeFailed(waiting.id, { code: 'media.noVideo', detail: 'late' })
    const covers = ['artifacts/earlier.jpg', 'artifacts/cover.jpg'].map((key) => ({ mediaId: waiting.id, key }))
    await media.setCovers(covers)
    await media.setCovers([])
    const found = await unitOfWork.run((stores) => stores.media.findForRun(mainSubApp, waiting.id))
    expect(found).toEqual({ ...waiting, state: 'ready', info: aMediaInfo, coverKey: 'artifacts/cover.jpg' })
  })

  it('keeps an access key, and replaces its secret', async () => {
    const { accessKeys } = unitOfWork.stores
    await accessKeys.save({ secretId: 'id', secretKey: 'one', subAppId: mainSubApp }, at)
    await accessKeys.save({ secretId: 'id', secretKey: 'two', subAppId: mainSubApp }, at)
    expect(await accessKeys.find('id')).toMatchObject({ secretId: 'id', secretKey: 'two', subAppId: mainSubApp })
    expect(await accessKeys.find('nobody')).toBeUndefined()
    expect(await accessKeys.find('id')).not.toHaveProperty('scopes')
    const scopes = ['read', 'upload'] as const
    await accessKeys.save({ secretId: 'id', secretKey: 'two', subAppId: mainSubApp, scopes }, at)
    expect(await accessKeys.find('id')).toMatchObject({ scopes })
    expect(await accessKeys.list(mainSubApp)).toEqual([{ secretId: 'id', subAppId: mainSubApp, scopes, createdAt: at }])
  })

  it('keeps an announced upload until it is removed', async () => {
    const { uploads } = unitOfWork.stores
    const { id, sourceKey } = aMedia()
    const media = { id, subAppId: mainSubApp, name: 'n', extension: 'mp4', sourceKey, sourceContext: 's' }
    const procedure = { name: 'p', dialect: 'd', priority: 3, notifyMode: undefined, sessionContext: 'c' } as const
    const plain: Upload = {
      ...{ token: 'a', subAppId: mainSubApp, media: { ...media, expiresAt: at }, coverKey: undefined },
      ...{ procedure: undefined, dialect: 'd', createdAt: at, deadline: at, committedAs: undefined },
    }
    const full: Upload = {
      ...{ ...plain, token: 'b', media: { ...media, expiresAt: undefined }, coverKey: 'covers/a.png', procedure },
      deadline: new Date(at.getTime() + 1_000),
    }
    for (const upload of [plain, full]) await uploads.insert(upload)
    expect([await uploads.find('a'), await uploads.find('b'), await uploads.find('c')]).toEqual([
      plain,
      full,
      undefined,
    ])
    expect(await uploads.listOver(9, at)).toEqual([plain])
    await unitOfWork.run(async (stores) => {
      expect(await stores.uploads.lock('b')).toEqual(full)
      await stores.uploads.markCommitted('b', id)
    })
    expect(await uploads.find('b')).toEqual({ ...full, committedAs: id })
    await uploads.remove('a')
    expect(await uploads.find('a')).toBeUndefined()
  })

  it('keeps an upload that grows, in one hand at a time', async () => {
    const { uploads } = unitOfWork.stores
    const { id, sourceKey } = aMedia()
    const growing = { sizeBytes: undefined, metadata: 'filename Y2xpcA==' }
    const order = {
      priority: 0,
      notifyMode: undefined,
      sessionContext: '',
      queue: 'q',
      callbackUrl: 'http://a.example',
    }
    const media = { id, subAppId: mainSubApp, name: 'n', extension: '', sourceKey, sourceContext: '' }
    const upload: Upload = {
      ...{ token: 'a', subAppId: mainSubApp, media },
      ...{ coverKey: undefined, procedure: { name: 'p', dialect: 'rest', ...order }, dialect: 'rest' },
      ...{ createdAt: at, deadline: at, committedAs: undefined, growing },
    }
    await uploads.insert(upload)
    expect(await uploads.find('a')).toEqual(upload)
    await uploads.declareSize('a', 5_000_000_000)
    expect(await uploads.find('a')).toMatchObject({ growing: { ...growing, sizeBytes: 5_000_000_000 } })

    const later = (ms: number) => new Date(at.getTime() + ms)
    const take = (holder: string, ms: number) => uploads.hold('a', holder, later(ms), later(ms + 10))
    await uploads.want('a')
    expect(await take('one', 0)).toBe('held')
    expect(await take('two', 1)).toBe('taken')
    expect(await take('one', 2)).toBe('held')
    await uploads.want('a')
    expect(await take('one', 3)).toBe('wanted')
    await uploads.letGo('a', 'two')
    expect(await take('two', 4)).toBe('taken')
    expect(await take('two', 13)).toBe('held')
    expect(await take('one', 14)).toBe('taken')
    await uploads.letGo('a', 'two')
    expect(await take('one', 15)).toBe('held')
    expect(await uploads.hold('nobody', 'one', at, at)).toBe('taken')
  })

  it('lists the keys of one sub-application, and removes one of them', async () => {
    const { accessKeys } = unitOfWork.stores
    await accessKeys.save({ secretId: 'a', secretKey: 's', subAppId: mainSubApp }, at)
    await accessKeys.save({ secretId: 'b', secretKey: 's', subAppId: other }, at)
    await accessKeys.remove(mainSubApp, 'b')
    expect(await accessKeys.list(other)).toEqual([{ secretId: 'b', subAppId: other, createdAt: at }])
    await accessKeys.remove(other, 'b')
    expect(await accessKeys.list(other)).toEqual([])
    expect(await accessKeys.find('b')).toBeUndefined()
    expect(await accessKeys.list(mainSubApp)).toHaveLength(1)
  })

  it('numbers sub-applications, keeps at most so many, and changes them', async () => {
    const insert = (name: string) => unitOfWork.run(({ subApps }) => subApps.insert({ name, description: 'd' }, 2, at))
    const [first, second, third] = await Promise.all(['one', 'two', 'three'].map(insert))
    const made = [first, second, third].filter((subApp) => subApp !== undefined)
    expect(made).toHaveLength(2)
    const { subApps } = unitOfWork.stores
    expect(await subApps.list()).toEqual(made.toSorted((a, b) => a.id - b.id))
    const [{ id } = { id: other }] = made
    expect(id).not.toBe(mainSubApp)
    expect(await subApps.change(id, { state: 'off' })).toMatchObject({ id, state: 'off', description: 'd' })
    expect(await subApps.change(id, {})).toMatchObject({ id, state: 'off' })
    expect(await subApps.find(id)).toMatchObject({ state: 'off', createdAt: at })
    expect(await subApps.change(99 as SubAppId, { name: 'n' })).toBeUndefined()
  })

  it('keeps the first note of a digest until it expires', async () => {
    const { accessKeys } = unitOfWork.stores
    const [soon, late] = [new Date(at.getTime() + 1_000), new Date(at.getTime() + 9_000)]
    expect(await accessKeys.noteUntil('n', soon)).toEqual(soon)
    expect(await accessKeys.noteUntil('n', late)).toEqual(soon)
    expect(await accessKeys.admitOnce('n', late)).toBe(false)
    await accessKeys.forgetAdmitted(late, 10)
    expect(await accessKeys.noteUntil('n', late)).toEqual(late)
    await accessKeys.forgetAdmitted(new Date(late.getTime() + 1), 10)
  })

  it('keeps what came of a request under its key, until it is forgotten', async () => {
    const [key, later] = [{ secretId: 'id', key: 'k', digest: 'd' }, new Date(at.getTime() + 1_000)]
    const claim = (subAppId: SubAppId, asked: typeof key, now = at, since = at) =>
      unitOfWork.run(({ idempotencyKeys }) => idempotencyKeys.claim(subAppId, asked, now, since))
    await unitOfWork.run(async ({ idempotencyKeys }) => {
      expect(await idempotencyKeys.claim(mainSubApp, key, at, at)).toBeUndefined()
      await idempotencyKeys.keep(mainSubApp, key, { runId: 'r', none: undefined })
    })
    expect(await claim(mainSubApp, { ...key, digest: 'e' })).toMatchObject({ digest: 'd', answer: { runId: 'r' } })
    expect(await claim(other, key)).toBeUndefined()
    expect(await claim(mainSubApp, { ...key, secretId: 'other' })).toBeUndefined()
    expect(await claim(mainSubApp, { ...key, digest: 'e' }, later, later)).toBeUndefined()
    expect(await claim(mainSubApp, key)).toMatchObject({ digest: 'e', answer: null })
    const { idempotencyKeys } = unitOfWork.stores
    expect(await idempotencyKeys.forget(later, 1)).toBe(1)
    expect(await idempotencyKeys.forget(later, 10)).toBe(1)
    expect(await claim(mainSubApp, key)).toMatchObject({ digest: 'e' })
    expect(await idempotencyKeys.forget(new Date(later.getTime() + 1), 10)).toBe(1)
  })

  it('lets a request in once, until its time is over', async () => {
    const { accessKeys } = unitOfWork.stores
    const [soon, late] = [new Date(at.getTime() + 1_000), new Date(at.getTime() + 9_000)]
    const firsts = await Promise.all(['a', 'a', 'b'].map((digest) => accessKeys.admitOnce(digest, soon)))
    expect(firsts.toSorted()).toEqual([false, true, true])
    expect(await accessKeys.admitOnce('c', late)).toBe(true)
    expect(await accessKeys.forgetAdmitted(new Date(soon.getTime() + 1), 1)).toBe(1)
    expect(await accessKeys.forgetAdmitted(new Date(soon.getTime() + 1), 10)).toBe(1)
    expect(await accessKeys.admitOnce('c', late)).toBe(false)
    expect(await accessKeys.admitOnce('a', late)).toBe(true)
  })
}

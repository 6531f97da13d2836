import { coverBySnapshot, type ExecutionContext, ingest, pictureDefaults, type PictureSettings } from '@libs/tasks'
import { makeLumaClock, readClock, S3Server, testMediaTools } from '@libs/testing'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTools } from '../src/open-tools'

const { signal } = new AbortController()
const sourceKey = 'sources/0/1/clock.mp4'
const settings: PictureSettings = {
  ...{ widthPx: 0, heightPx: 0, resolutionAdaptive: true, format: 'jpg', fill: 'black' },
  ...pictureDefaults,
}
const request = { position: { unit: 's', value: 2 } } as const
const failed = { code: 'storage.failed', retry: true, message: expect.not.stringContaining('/') as unknown }
const lost = { code: 'media.notAccessible', retry: false }

type Fault = NonNullable<S3Server['fault']>
const [sources, results] = [/ \/pictures\/product\/sources/, /^P.* \/pictures\/product\/artifacts/]

describe('a worker whose S3', () => {
  let folder: string
  let server: S3Server
  let workspace: string
  let context: ExecutionContext

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'store-faults-'))
    server = await S3Server.start()
    const clip = join(folder, 'clock.mp4')
    await makeLumaClock({ path: clip, seconds: 4 })
    await server.adopt(`product/${sourceKey}`, clip)
  })
  afterAll(async () => {
    await server.stop()
    await rm(folder, { recursive: true })
  })

  beforeEach(async () => {
    workspace = await mkdtemp(join(folder, 'work-'))
    const tools = openTools(
      { EGRESS_ALLOW: [], PULL_MAX_MB: 100, PULL_STALL_SECONDS: 5, STORAGE_STALL_SECONDS: 1, ...server.settings() },
      testMediaTools(),
    )
    const place = { workspace, artifactPrefix: 'artifacts/0/r/t/g1x1/' }
    context = { subject: { sourceKey }, place, tools, report: () => undefined }
  })

  const heal = () => Object.assign(server, { fault: undefined, breaksOff: false })
  afterEach(heal)

  const brought = () => ingest.perform({ settings: {}, request: {} }, context, signal)
  const covered = async () => {
    const { media } = await brought()
    for (const copy of await readdir(workspace)) await rm(join(workspace, copy))
    // Every try of a task is told of the media anew.
    const task = () => ({ ...context, subject: { sourceKey, media: { ...media } } })
    return { of: () => coverBySnapshot.perform({ settings, request }, task(), signal) }
  }
  const stored = () => server.keys.filter((key) => !key.endsWith(sourceKey))

  it.each<[string, Partial<Pick<S3Server, 'fault' | 'breaksOff'>>, object]>([
    ['refuses', { fault: { on: sources, status: 403 } }, failed],
    ['knows nothing of', { fault: { on: sources, status: 404 } }, lost],
    ['fails over', { fault: { on: sources, status: 500 } }, failed],
    ['is silent about', { fault: { on: sources, status: 'silence' } }, failed],
    ['sends fewer bytes than it says of', { breaksOff: true }, failed],
  ])('%s sources fails its tasks, keeps no half of a copy, and is good afterwards', async (_, how, fault) => {
    const cover = await covered()
    Object.assign(server, how)
    await expect(brought()).rejects.toMatchObject(fault)
    await expect(cover.of()).rejects.toMatchObject(fault)
    expect([await readdir(workspace), stored()]).toEqual([[], []])
    heal()
    const { cover: picture } = await cover.of()
    expect(await readClock(server.object(`product/${picture.artifact.key}`)?.path ?? '')).toBe(2)
    await context.tools.artifacts.remove(picture.artifact.key)
  })

  it.each<[string, Fault['status'], object]>([
    ['refuses', 403, failed],
    ['does not know its bucket for', 404, failed],
    ['fails over', 500, failed],
    ['is full for', 507, { ...failed, code: 'storage.full' }],
    ['is silent about', 'silence', failed],
  ])('%s results fails its tasks so that they are tried again, and has none of them', async (_, status, fault) => {
    const cover = await covered()
    server.fault = { on: results, status }
    await expect(cover.of()).rejects.toMatchObject(fault)
    heal()
    expect([stored(), server.unfinishedUploads]).toEqual([[], 0])
  })
})

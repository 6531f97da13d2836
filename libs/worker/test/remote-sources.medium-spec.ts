import { mainSubApp } from '@libs/kernel'
import { S3ObjectUrls } from '@libs/storage'
import {
  coverBySnapshot,
  type ExecutionContext,
  ingest,
  pictureDefaults,
  type PictureSettings,
  sampleSnapshot,
} from '@libs/tasks'
import { makeLumaClock, readClock, S3Server, testMediaTools } from '@libs/testing'
import { execFile } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { copyFile, mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openTools } from '../src/open-tools'

const run = promisify(execFile)
const { signal } = new AbortController()
const loop = { seconds: 70, times: 9 }

const settings: PictureSettings = {
  widthPx: 120,
  heightPx: 0,
  resolutionAdaptive: true,
  format: 'jpg',
  fill: 'black',
  ...pictureDefaults,
}

describe('a film in S3', () => {
  let folder: string
  let server: S3Server

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'remote-sources-'))
    server = await S3Server.start()
    // The noise makes it as heavy as a real film.
    const noise = 'noise=alls=20:allf=t'
    await makeLumaClock({ path: join(folder, 'loop.mp4'), seconds: loop.seconds, filter: noise })
  })
  afterAll(async () => {
    await server.stop()
    await rm(folder, { recursive: true })
  })

  /** Ten and a half minutes. @returns their path */
  async function makeFilm(name: string, movFlags: readonly string[]): Promise<string> {
    const path = join(folder, name)
    const looped = ['-v', 'error', '-stream_loop', String(loop.times - 1), '-i', join(folder, 'loop.mp4'), '-c', 'copy']
    await run(testMediaTools().ffmpegPath, [...looped, ...movFlags, path])
    return path
  }

  /** What a worker has to work with, which may reach no private address. */
  const workerTools = () =>
    openTools({ EGRESS_ALLOW: [], PULL_MAX_MB: 1_000, PULL_STALL_SECONDS: 5, ...server.settings() }, testMediaTools())

  /** A film in the store, ingested; what the tasks of a worker need to work on it. */
  async function ingested(name: string, movFlags: readonly string[]): Promise<ExecutionContext> {
    const path = await makeFilm(name, movFlags)
    const tools = workerTools()
    const sourceKey = `sources/0/1/${name}`
    await tools.sources.put(sourceKey, createReadStream(path))
    await rm(path)
    const workspace = await mkdtemp(join(folder, 'work-'))
    const place = { workspace, artifactPrefix: `artifacts/${name}/` }
    const context = { subject: { sourceKey }, place, tools, report: () => undefined }
    const { media } = await ingest.perform({ settings: {}, request: {} }, context, signal)
    for (const copy of await readdir(workspace)) await rm(join(workspace, copy))
    return { ...context, subject: { sourceKey, media } }
  }

  /** How much of the film was sent while a task ran, as a share of its bytes. */
  async function readShare({ subject }: ExecutionContext, task: () => Promise<unknown>): Promise<number> {
    const sizeBytes = server.object(`product/${subject.sourceKey}`)?.sizeBytes ?? 0
    expect(sizeBytes).toBeGreaterThan(100_000_000)
    const before = server.sentBytes
    await task()
    return (server.sentBytes - before) / sizeBytes
  }

  async function secondIn(key: string): Promise<number> {
    const object = server.object(`product/${key}`)
    if (object === undefined) throw new Error(`${key} was not published`)
    return readClock(object.path)
  }

  async function takeCover(context: ExecutionContext): Promise<void> {
    const request = { position: { unit: 'percent', value: 50 } } as const
    const { cover: picture } = await coverBySnapshot.perform({ settings, request }, context, signal)
    expect(await secondIn(picture.artifact.key)).toBe(35)
  }

  it.each([
    ['at its beginning', 'faststart.mp4', ['-movflags', '+faststart']],
    ['at its end', 'plain.mp4', []],
  ])('whose index is %s gives exact pictures for a small part of its bytes', async (_, name, movFlags) => {
    const context = await ingested(name, movFlags)
    expect(await readShare(context, () => takeCover(context))).toBeLessThan(0.005)
    const stills = await readShare(context, async () => {
      const sampled = { ...settings, sampling: { by: 'percent', intervalPercent: 5 } } as const
      const { stills: pictures } = await sampleSnapshot.perform({ settings: sampled, request: {} }, context, signal)
      const shown = await Promise.all(pictures.map(({ artifact }) => secondIn(artifact.key)))
      expect(shown).toEqual(Array.from({ length: 20 }, (_still, index) => Math.floor(index * 31.5) % loop.seconds))
    })
    expect(stills).toBeLessThan(0.02)
  })

  it('of 4 GB gives a cover for less than a hundredth of its bytes', async () => {
    const path = await makeFilm('huge.mp4', [])
    const sizeBytes = await widen(path, 4 * 1024 ** 3)
    const { subject, ...context } = await ingested('small.mp4', [])
    const sourceKey = 'sources/0/1/huge.mp4'
    await server.adopt(`product/${sourceKey}`, path)
    const media = subject.media && { ...subject.media, sizeBytes }
    const huge = { ...context, subject: { sourceKey, media } }
    expect(await readShare(huge, () => takeCover(huge))).toBeLessThan(0.01)
  })

  it('that S3 has in another place is ingested without being fetched from there', async () => {
    const film = { bucket: 'pictures', key: 'films/clock.mp4' }
    await copyFile(join(folder, 'loop.mp4'), join(folder, 'clock.mp4'))
    await server.adopt(film.key, join(folder, 'clock.mp4'))
    const urls = new S3ObjectUrls({ ...server.settings(), HOOK_BUCKETS: new Map([['pictures', mainSubApp]]) })
    const url = await urls.urlOf(mainSubApp, film, new Date(Date.now() + 60_000))
    const sourceKey = 'sources/0/2/clock.mp4'
    const workspace = await mkdtemp(join(folder, 'work-'))
    const context = { subject: { sourceKey }, place: { workspace, artifactPrefix: '' }, tools: workerTools() }
    const asked = { settings: {}, request: { url } }
    const { media } = await ingest.perform(asked, { ...context, report: () => undefined }, signal)
    const { sizeBytes = 0 } = server.object(film.key) ?? {}
    expect(media).toMatchObject({ sizeBytes, durationMs: loop.seconds * 1_000 })
    expect(server.object(`product/${sourceKey}`)?.sizeBytes).toBe(sizeBytes)
    expect(server.requests.filter((request) => request.startsWith(`GET /pictures/${film.key}`))).toEqual([])
  })
})

/** Puts so many bytes of nothing before the index at the end of a film. @returns how long it is then */
async function widen(path: string, holeBytes: number): Promise<number> {
  const bytes = await readFile(path)
  const index = bytes.lastIndexOf('moov') - 4
  const file = await open(path, 'r+')
  const header = Buffer.from([0, 0, 0, 1, ...Buffer.from('free'), 0, 0, 0, 0, 0, 0, 0, 0])
  header.writeBigUInt64BE(BigInt(holeBytes), 8)
  await file.write(header, 0, header.length, index)
  await file.write(bytes, index, bytes.length - index, index + holeBytes)
  await file.close()
  return bytes.length + holeBytes
}

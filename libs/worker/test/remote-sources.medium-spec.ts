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
import { mkdtemp, readdir, rm } from 'node:fs/promises'
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

  /** Ten and a half minutes in the store, ingested; what the tasks of a worker need to work on them. */
  async function ingested(name: string, movFlags: readonly string[]): Promise<ExecutionContext> {
    const path = join(folder, name)
    const looped = ['-v', 'error', '-stream_loop', String(loop.times - 1), '-i', join(folder, 'loop.mp4'), '-c', 'copy']
    await run(testMediaTools().ffmpegPath, [...looped, ...movFlags, path])
    const tools = openTools(
      { EGRESS_ALLOW: [], PULL_MAX_MB: 100, PULL_STALL_SECONDS: 5, ...server.settings() },
      testMediaTools(),
    )
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

  it.each([
    ['at its beginning', 'faststart.mp4', ['-movflags', '+faststart']],
    ['at its end', 'plain.mp4', []],
  ])('whose index is %s gives exact pictures for a small part of its bytes', async (_, name, movFlags) => {
    const context = await ingested(name, movFlags)
    const cover = await readShare(context, async () => {
      const request = { position: { unit: 'percent', value: 50 } } as const
      const { cover: picture } = await coverBySnapshot.perform({ settings, request }, context, signal)
      expect(await secondIn(picture.artifact.key)).toBe(35)
    })
    expect(cover).toBeLessThan(0.005)
    const stills = await readShare(context, async () => {
      const sampled = { ...settings, sampling: { by: 'percent', intervalPercent: 5 } } as const
      const { stills: pictures } = await sampleSnapshot.perform({ settings: sampled, request: {} }, context, signal)
      const shown = await Promise.all(pictures.map(({ artifact }) => secondIn(artifact.key)))
      expect(shown).toEqual(Array.from({ length: 20 }, (_still, index) => Math.floor(index * 31.5) % loop.seconds))
    })
    expect(stills).toBeLessThan(0.02)
  })
})

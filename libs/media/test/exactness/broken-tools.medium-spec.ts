import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '@libs/kernel'
import { FfmpegFrameGrabber, FfmpegMediaProber, type MediaTools } from '@libs/media'
import type { MediaInfo } from '@libs/tasks'
import { aGrab, h264, makeFrameClock, testMediaTools } from '@libs/testing'

/** Without the sandbox, in which these would find no folder to write in. */
const tools = unsandboxed(testMediaTools())
const { signal } = new AbortController()
/** Within which an aborted task must have ended. */
const soonMs = 1500
let folder = ''
let media: MediaInfo

const clip = (extension: string) => join(folder, `clip.${extension}`)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broken-tools-'))
  for (const extension of ['mp4', 'ts']) {
    await makeFrameClock({ path: clip(extension), frames: 50, output: h264({ gopFrames: 25 }) })
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function script(name: string, lines: readonly string[]): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, ['#!/bin/sh', ask, ...lines, ''].join('\n'), { mode: 0o755 })
  return path
}

/** Deaf to every signal that can be ignored; it writes down its id and that of a process that it started. */
const hanging = (pidPath: string) => [
  "trap '' TERM INT HUP PIPE",
  'sleep 600 &',
  `echo $$ $! > '${pidPath}'`,
  'while :; do sleep 0.1; done',
]

/** What a build is asked once about itself, the real one answers. */
const ask = `case "$*" in *-formats*|*-encoders*|*-codecs*|*-filters*) exec '${tools.ffmpegPath}' "$@";; esac`

/** Taken through the container's tables, and through the file itself. */
describe.each(['mp4', 'ts'])('a decoder for %s', (extension) => {
  beforeAll(async () => {
    media = await new FfmpegMediaProber(tools).probe(clip(extension), signal)
  })

  const grab = (ffmpegPath: string, stop = signal) =>
    new FfmpegFrameGrabber({ ...tools, ffmpegPath }).grab(
      aGrab({ path: clip(extension), media, atMs: [1200, 400], folder }),
      stop,
    )

  it('that hangs is killed, at once', async () => {
    const pidPath = join(folder, `${extension}.pid`)
    const stop = new AbortController()
    const grabbing = grab(await script(`hanging-${extension}`, hanging(pidPath)), stop.signal).catch(
      (error: unknown) => error,
    )
    const pids = await appeared(pidPath)
    const fault = new AppError('task.timedOut', 'The task took too long.')
    const stoppedMs = Date.now()
    stop.abort(fault)
    expect(await grabbing).toBe(fault)
    expect(Date.now() - stoppedMs).toBeLessThan(soonMs)
    expect(await Promise.all(pids.map(ended))).toEqual([true, true])
  })

  it('that crashes is said to have crashed', async () => {
    const crashing = await script('crashing', ['kill -SEGV $$'])
    await expect(grab(crashing)).rejects.toMatchObject({ code: 'media.crashedDecoder' })
  })

  it('that ends well and made nothing brings no picture', async () => {
    await expect(grab(await script('idle', ['exit 0']))).rejects.toMatchObject({ code: 'media.malformed' })
  })

  it('that fails brings no picture', async () => {
    await expect(grab(await script('failing', ['exit 1']))).rejects.toMatchObject({ code: 'media.malformed' })
  })
})

describe('a prober', () => {
  const probe = (ffprobePath: string, stop = signal) =>
    new FfmpegMediaProber({ ...tools, ffprobePath }).probe(clip('mp4'), stop)

  it('that hangs is killed, at once', async () => {
    const pidPath = join(folder, 'prober.pid')
    const stop = new AbortController()
    const probing = probe(await script('hanging-prober', hanging(pidPath)), stop.signal).catch(
      (error: unknown) => error,
    )
    const pids = await appeared(pidPath)
    const stoppedMs = Date.now()
    stop.abort()
    expect(await probing).toMatchObject({ code: 'task.aborted' })
    expect(Date.now() - stoppedMs).toBeLessThan(soonMs)
    expect(await Promise.all(pids.map(ended))).toEqual([true, true])
  })

  it('that crashes is said to have crashed', async () => {
    await expect(probe(await script('crashing-prober', ['kill -SEGV $$']))).rejects.toMatchObject({
      code: 'media.crashedDecoder',
    })
  })
})

function unsandboxed(found: MediaTools): MediaTools {
  return { ...found, confinement: { ...found.confinement, isSandboxed: false } }
}

/** Waits for the process ids that a script writes down. */
async function appeared(pidPath: string): Promise<readonly number[]> {
  return until(async () => {
    const written = await readFile(pidPath, 'utf8').catch(() => '')
    return written.endsWith('\n') ? written.trim().split(' ').map(Number) : undefined
  })
}

/** Whether a process ends within a moment; a zombie that nobody waits for has ended. */
async function ended(pid: number): Promise<boolean> {
  const gone = async () => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    return stat === '' || stat.includes(') Z ') ? true : undefined
  }
  return until(gone).catch(() => false)
}

async function until<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
  const deadline = Date.now() + 5 * soonMs
  while (Date.now() < deadline) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('It did not come in time.')
}

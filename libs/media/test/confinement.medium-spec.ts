import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readEnv } from '@libs/kernel'
import { FfmpegFrameGrabber, FfmpegMediaProber, mediaEnv, type MediaTools, openMediaTools } from '@libs/media'
import type { MediaInfo } from '@libs/tasks'
import { aGrab, h264, makeFrameClock, testMediaTools } from '@libs/testing'
import { confine, type Confinement } from '../src/confinement/confine'

const found = testMediaTools()
const { signal } = new AbortController()
let folder = ''
const media = new Map<string, MediaInfo>()
const clip = (extension: string) => join(folder, `clip.${extension}`)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'confinement-'))
  for (const extension of ['mp4', 'ts']) {
    await makeFrameClock({ path: clip(extension), frames: 50, output: h264({ gopFrames: 25 }) })
    media.set(extension, await new FfmpegMediaProber(found).probe(clip(extension), signal))
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const confined = (changes: Partial<Confinement>, tools = found): MediaTools => ({
  ...tools,
  confinement: { ...tools.confinement, ...changes },
})

/** Outside the sandbox, where stubs find their folder. */
const limited = (limits: Partial<Confinement['limits']>): MediaTools =>
  confined({ isSandboxed: false, limits: { ...found.confinement.limits, ...limits } })

/** What a build is asked once about itself, the real one answers. */
const ask = `case "$*" in *-formats*|*-encoders*) exec '${found.ffmpegPath}' "$@";; esac`

async function stub(name: string, ...lines: readonly string[]): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, ['#!/bin/sh', ask, ...lines, ''].join('\n'), { mode: 0o755 })
  return path
}

function grab(tools: MediaTools, extension: string): Promise<unknown> {
  const request = { path: clip(extension), media: media.get(extension), atMs: [1200, 400], folder }
  return new FfmpegFrameGrabber(tools).grab(aGrab(request as Parameters<typeof aGrab>[0]), signal)
}

const grabWith = (ffmpegPath: string, extension: string, limits: Partial<Confinement['limits']> = {}) =>
  grab({ ...limited(limits), ffmpegPath }, extension).catch((error: unknown) => error)

/** Processes whose command line begins so; a zombie has none. */
async function alive(command: string): Promise<number> {
  const lines = (await readdir('/proc')).map((pid) => readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => ''))
  return (await Promise.all(lines)).filter((line) => line.startsWith(command)).length
}

async function until(isTrue: () => Promise<boolean>, limitMs: number): Promise<boolean> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline;) {
    if (await isTrue()) return true
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return false
}

/** What it wants is refused to it, and it says so as ffmpeg does. */
const greedy = 'dd if=/dev/zero of=/dev/null bs=900M count=1 || { echo Cannot allocate memory >&2; exit 244; }'

/** Times that nothing else on the machine sleeps. */
let naps = 600 + Math.floor(Math.random() * 1e6)

/** Taken through an excerpt on standard input, and through the file itself. */
describe.each(['mp4', 'ts'])('a decoder for %s', (extension) => {
  const trips: readonly (readonly [what: string, limits: object, fault: object, lines: readonly string[]])[] = [
    ['turns in a circle', { stallS: 1 }, { code: 'task.timedOut', message: /no headway/ }, ['while :; do :; done']],
    ['sleeps', { stallS: 2 }, { code: 'task.timedOut', message: /no headway/ }, ['exec sleep 600']],
    ['computes for long', { cpuS: 1 }, { code: 'task.timedOut', message: /processor time/ }, ['while :; do :; done']],
    [
      'takes its time',
      { wallS: 1 },
      { code: 'task.timedOut', message: /more than 1 s/ },
      ["trap '' TERM", 'sleep 600'],
    ],
    ['writes for ever', { fileBytes: 1e6 }, { code: 'task.resultTooLarge' }, ['exec head -c 5m /dev/zero > "$0.out"']],
    ['wants much memory', { memoryBytes: 500e6 }, { code: 'media.tooMuchMemory', retry: false }, [greedy]],
    ['crashes', {}, { code: 'media.crashedDecoder', retry: false }, ['kill -ABRT $$']],
  ]

  it.each(trips)('that %s is ended and says why', async (what, limits, { message, ...fault }: FaultLike, lines) => {
    const nap = String((naps += 1))
    const path = await stub(`${extension} ${what}`, `sleep ${nap} &`, ...lines)
    const error = await grabWith(path, extension, limits)
    expect(error).toMatchObject(fault)
    if (message) expect(error).toHaveProperty('message', expect.stringMatching(message))
    expect(await until(async () => (await alive(`sleep\0${nap}`)) === 0, 1000)).toBe(true)
  })

  it('that crashes once has another go', async () => {
    const path = await stub(`${extension}-once`, 'if mkdir "$0.tried"; then kill -SEGV $$; fi', real)
    expect(await grabWith(path, extension)).toHaveLength(2)
  })

  it('gets nothing of the environment but what it needs', async () => {
    const path = await stub(`${extension}-env`, 'env > "$0.env"', real)
    expect(await grabWith(path, extension)).toHaveLength(2)
    const names = (await readFile(`${path}.env`, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0])
    const known = ['PATH', 'LD_LIBRARY_PATH', 'GCONV_PATH', 'MALLOC_ARENA_MAX', 'PWD', 'OLDPWD', 'SHLVL', '_']
    expect(names.filter((name) => !known.includes(name ?? ''))).toEqual([])
  })
})

interface FaultLike {
  readonly message?: RegExp
}
const real = `exec '${found.ffmpegPath}' "$@"`

it('a prober that crashes once has another go', async () => {
  const crash = `case "$*" in *show_format*) if mkdir "$0.tried"; then kill -SEGV $$; fi;; esac`
  const ffprobePath = await stub('probe-once', crash, `exec '${found.ffprobePath}' "$@"`)
  const { durationMs } = await new FfmpegMediaProber({ ...limited({}), ffprobePath }).probe(clip('mp4'), signal)
  expect(durationMs).toBe(2000)
})

const holds = [
  ...(found.confinement.hasSetpriv ? [['setpriv', false] as const] : []),
  ...(found.confinement.isSandboxed ? [['the sandbox', true] as const] : []),
]

describe.each(holds)('a tool tied by %s', (_name, isSandboxed) => {
  /** Stands for a number that is not known before there is a worker. */
  const workerPid = 2 ** 23

  /** Has a process of its own start a tool. @param first programs that start it in their place */
  function startBy(nap: string, first: readonly string[] = []) {
    const command = confine({ tool: 'sleep', args: [nap] }, confined({ isSandboxed }).confinement, workerPid)
    const start = `const [command, ...args] = process.argv.slice(1)
      const own = args.map((arg) => (arg === '${workerPid}' ? String(process.pid) : arg))
      require('node:child_process').spawn(command, own, { detached: true, stdio: 'ignore' })
      console.log('started')`
    return spawn(process.execPath, ['-e', start, ...first, ...command], { stdio: ['ignore', 'pipe', 'ignore'] })
  }

  it('is gone when its worker is killed with SIGKILL', async () => {
    const nap = String((naps += 1))
    const worker = startBy(nap)
    const tool = `sleep\0${nap}`
    expect(await until(async () => (await alive(tool)) === 1, 5000)).toBe(true)
    worker.kill('SIGKILL')
    await once(worker, 'exit')
    expect(await until(async () => (await alive(tool)) === 0, 2000)).toBe(true)
  })

  it('does not begin when its worker was killed right after it had started it', async () => {
    const nap = String((naps += 1))
    const [gone, past] = [join(folder, `gone-${nap}`), join(folder, `past-${nap}`)]
    const waiting = `until [ -e '${gone}' ]; do sleep 0.02; done; touch '${past}'; exec "$@"`
    const worker = startBy(nap, ['sh', '-c', waiting, 'sh'])
    await once(worker.stdout, 'data')
    worker.kill('SIGKILL')
    await once(worker, 'exit')
    await writeFile(gone, '')
    expect(await until(async () => existsSync(past), 5000)).toBe(true)
    expect(await until(async () => (await alive(`sleep\0${nap}`)) > 0, 1000)).toBe(false)
  })
})

const whereSandboxed = found.confinement.isSandboxed ? describe : describe.skip

whereSandboxed('the sandbox', () => {
  const run = (tool: string, args: readonly string[], isSandboxed = true) => {
    const writes = join(folder, 'work')
    const reads = clip('mp4')
    const [command = '', ...rest] = confine({ tool, args, reads, writes }, confined({ isSandboxed }).confinement)
    return spawnSync(command, rest, { env: found.env, encoding: 'utf8', timeout: 10_000 })
  }
  beforeAll(() => mkdir(join(folder, 'work')))

  it('has no network, not even to this machine', async () => {
    let visits = 0
    const server = createServer((request) => {
      visits += 1
      request.destroy()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.ts`
    for (const isSandboxed of [true, false]) {
      const writes = join(folder, 'work')
      const call = { tool: found.ffmpegPath, args: ['-i', url], writes }
      const [command = '', ...rest] = confine(call, confined({ isSandboxed }).confinement)
      await once(spawn(command, rest, { env: found.env, stdio: 'ignore' }), 'exit')
      expect(visits > 0).toBe(!isSandboxed)
    }
    server.close()
  })

  it('shows one file and one folder, and lets that folder alone be written', async () => {
    const file = join(folder, 'work', 'made')
    expect(run('sh', ['-c', `echo made > '${file}'`]).status).toBe(0)
    expect(await readFile(file, 'utf8')).toBe('made\n')
    for (const place of ['/usr', '/', '/tmp', folder, '/etc']) {
      expect(run('sh', ['-c', `echo x > '${join(place, 'still-x')}'`]).status).not.toBe(0)
    }
    expect(run('sh', ['-c', `echo x >> '${clip('mp4')}'`]).status).not.toBe(0)
    expect(run('cat', [clip('mp4')]).status).toBe(0)
    for (const other of [clip('ts'), '/etc/passwd', '/proc/self/environ', __filename]) {
      expect([other, run('cat', [other]).status]).toEqual([other, 1])
      expect([other, run('cat', [other], false).status]).toEqual([other, 0])
    }
  })
})

it('does without what a machine has not, unless a sandbox is required', async () => {
  const bin = join(folder, 'bin')
  await mkdir(bin)
  const { stdout } = spawnSync('sh', ['-c', 'command -v nice true sh'], { encoding: 'utf8' })
  for (const path of stdout
    .trim()
    .split('\n')
    .filter((line) => line.startsWith('/'))) {
    await symlink(path, join(bin, path.split('/').at(-1) ?? ''))
  }
  const settings = { ...readEnv(mediaEnv), PATH: bin, FFMPEG_PATH: found.ffmpegPath, FFPROBE_PATH: found.ffprobePath }
  const tools = openMediaTools({ ...settings, MEDIA_SANDBOX: 'auto' })
  expect(tools.confinement).toMatchObject({ hasPrlimit: false, hasSetpriv: false, isSandboxed: false })
  expect(tools.sandboxRefusal).toContain('bwrap')
  expect(await grab(tools, 'mp4')).toHaveLength(2)
  expect(() => openMediaTools({ ...settings, MEDIA_SANDBOX: 'require' })).toThrow(/MEDIA_SANDBOX=require/)
})

import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { readEnv } from '@libs/kernel'
import { mediaEnv } from '@libs/media'
import { inputOf } from '../capture/inputs/catalogue'
import { makeInput } from '../capture/inputs/make-input'
import { measure } from '../capture/measure'
import { runTool } from '../capture/ways/run-tool'
import { median } from '../figures'
import { writeConstants } from './write-constants'

const rounds = 5
const frames = 600
/** Past the black and the still pictures that the scene begins with. */
const from = ['-ss', '9'] as const
const hd = 1280 * 720
const fullHd = 1920 * 1080
/** One input of each codec that the planner meets in excerpts. */
const codecs = [
  { codec: 'h264', id: 'c', pixels: fullHd },
  { codec: 'hevc', id: 'e', pixels: fullHd },
  { codec: 'vp9', id: 'f', pixels: hd },
  { codec: 'av1', id: 'h', pixels: hd },
] as const
const seekPlacesS = [60, 120, 180, 240, 300, 360, 420, 480]

/** Median milliseconds of ffmpeg with some arguments. */
type Measured = (what: 'wallS' | 'cpuS', ...args: readonly string[]) => Promise<number>

const decodeFrames = ['-map', '0:v', '-frames:v', String(frames), '-f', 'null', '-'] as const

/** Measures the constants of the capture planner's cost model on this machine and writes them into the media room. */
export async function fitCostModel(): Promise<void> {
  const { FFMPEG_PATH: ffmpegPath } = readEnv({ FFMPEG_PATH: mediaEnv.FFMPEG_PATH })
  const root = resolve(__dirname, '..', '..', '..')
  const film = (id: string): Promise<string> => makeInput(ffmpegPath, join(root, '.bench', 'inputs'), inputOf(id))
  const measured: Measured = async (what, ...args) => {
    const costs: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const cost = await measure(() => runTool(ffmpegPath, ['-nostdin', '-v', 'error', '-y', ...args]))
      costs.push(cost[what] * 1000)
    }
    return median(costs)
  }
  const start = ['-f', 'lavfi', '-i', 'color=s=16x16', '-frames:v', '1', '-f', 'null', '-']
  const processMs = await measured('wallS', ...start)
  const decodeMsPerMegapixel: Record<string, number> = {}
  for (const { codec, id, pixels } of codecs) {
    const cpuMs = await measured('cpuS', '-threads', '1', ...from, '-i', await film(id), ...decodeFrames)
    decodeMsPerMegapixel[codec] = ((cpuMs - processMs) / frames / pixels) * 1e6
  }
  decodeMsPerMegapixel['other'] = decodeMsPerMegapixel['h264'] ?? 0
  const constants = {
    processMs,
    decodeMsPerMegapixel,
    inputMs: await inputMs(measured, await film('b')),
    pictureMsPerMegapixel: await pictureMsPerMegapixel(measured, await film('b'), join(root, '.bench', 'fit')),
    threadingGain: await threadingGain(measured, await film('b'), processMs),
  }
  const file = join(root, 'libs', 'media', 'src', 'planning', 'cost-constants.ts')
  await writeConstants(file, constants)
  process.stdout.write(`${JSON.stringify(constants, undefined, 2)}\n`)
}

async function pictureMsPerMegapixel(measured: Measured, film: string, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true })
  const input = ['-threads', '1', '-filter_threads', '1', ...from, '-i', film]
  const scaled = [
    '-map',
    '0:v',
    '-vf',
    'scale=640:360',
    '-frames:v',
    String(frames),
    '-q:v',
    '3',
    join(folder, '%d.jpg'),
  ]
  const without = await measured('cpuS', ...input, ...decodeFrames)
  const withPictures = await measured('cpuS', ...input, ...scaled)
  await rm(folder, { recursive: true })
  return ((withPictures - without) / frames / fullHd) * 1e6
}

async function inputMs(measured: Measured, film: string): Promise<number> {
  const seek = (atS: number): readonly string[] => ['-threads', '1', '-noaccurate_seek', '-ss', String(atS), '-i', film]
  const take = (input: number): readonly string[] => ['-map', `${input}:v`, '-frames:v', '1', '-f', 'null', '-']
  const outputs = seekPlacesS.flatMap((_, input) => take(input))
  const one = await measured('cpuS', ...seek(30), ...take(0))
  const many = await measured('cpuS', ...seekPlacesS.flatMap(seek), ...outputs)
  return (many - one) / (seekPlacesS.length - 1)
}

async function threadingGain(measured: Measured, film: string, processMs: number): Promise<number> {
  const oneThread = await measured('wallS', '-threads', '1', ...from, '-i', film, ...decodeFrames)
  const twoThreads = await measured('wallS', '-threads', '2', ...from, '-i', film, ...decodeFrames)
  return (oneThread - processMs) / (twoThreads - processMs)
}

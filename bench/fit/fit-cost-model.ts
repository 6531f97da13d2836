import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { readEnv } from '@libs/kernel'
import { mediaEnv, openMediaTools } from '@libs/media'
import { inputOf } from '../capture/inputs/catalogue'
import { readFacts } from '../capture/inputs/input-facts'
import { makeInput } from '../capture/inputs/make-input'
import { measure } from '../capture/measure'
import { runTool } from '../capture/ways/run-tool'
import { median } from '../figures'
import { decodeCosts } from './decode-costs'
import type { Measured } from './measured'
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

const decodeFrames = ['-map', '0:v', '-frames:v', String(frames), '-f', 'null', '-'] as const

/** Measures the constants of the capture planner's cost model on this machine and writes them into the media room. */
export async function fitCostModel(): Promise<void> {
  const tools = openMediaTools(readEnv(mediaEnv))
  const { ffmpegPath } = tools
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
  const decodeMsPerMegabyte: Record<string, number> = {}
  for (const { codec, id, pixels } of codecs) {
    const facts = await readFacts(tools, await film(id))
    const costs = await decodeCosts(measured, facts, pixels)
    decodeMsPerMegapixel[codec] = costs.msPerMegapixel
    decodeMsPerMegabyte[codec] = costs.msPerMegabyte
  }
  decodeMsPerMegapixel['other'] = decodeMsPerMegapixel['h264'] ?? 0
  decodeMsPerMegabyte['other'] = decodeMsPerMegabyte['h264'] ?? 0
  const constants = {
    processMs,
    decodeMsPerMegapixel,
    decodeMsPerMegabyte,
    inputMs: await inputMs(measured, await film('b')),
    ...(await pictureCosts(measured, await film('b'), join(root, '.bench', 'fit'))),
    threadingGain: await threadingGain(measured, await film('b'), processMs),
  }
  const file = join(root, 'libs', 'media', 'src', 'planning', 'cost-constants.ts')
  await writeConstants(file, constants)
  process.stdout.write(`${JSON.stringify(constants, undefined, 2)}\n`)
}

interface PictureCosts {
  readonly scaleMsPerMegapixel: number
  readonly encodeMsPerMegapixel: number
}

/** Two sizes of pictures tell what comes with the frame from what comes with the picture. */
async function pictureCosts(measured: Measured, film: string, folder: string): Promise<PictureCosts> {
  await mkdir(folder, { recursive: true })
  const input = ['-threads', '1', '-filter_threads', '1', ...from, '-i', film]
  const without = await measured('cpuS', ...input, ...decodeFrames)
  const perPicture = async (widthPx: number, heightPx: number): Promise<number> => {
    const filter = `scale=${widthPx}:${heightPx}:flags=bicubic+accurate_rnd,format=gbrp,scale=flags=bicubic,format=yuvj420p`
    const written = ['-frames:v', String(frames), '-q:v', '3', '-huffman', 'optimal', join(folder, '%d.jpg')]
    return ((await measured('cpuS', ...input, '-map', '0:v', '-vf', filter, ...written)) - without) / frames
  }
  const [smallMs, largeMs] = [await perPicture(640, 360), await perPicture(1280, 720)]
  await rm(folder, { recursive: true })
  const encodeMsPerMegapixel = ((largeMs - smallMs) / (hd - 640 * 360)) * 1e6
  return { encodeMsPerMegapixel, scaleMsPerMegapixel: (smallMs * 1e6 - encodeMsPerMegapixel * 640 * 360) / fullHd }
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

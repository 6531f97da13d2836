import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runTool } from '../ways/run-tool'
import { type BenchInput, inputOf, type Recipe, sceneFile } from './catalogue'

const quiet = ['-hide_banner', '-nostdin', '-v', 'error', '-y']

/**
 * Makes an input, or finds it where it was made before; a changed recipe makes it anew.
 * @returns its absolute path
 * @throws Error when this ffmpeg lacks the encoder
 */
export async function makeInput(ffmpegPath: string, folder: string, input: BenchInput): Promise<string> {
  if ('file' in input.from) return input.from.file
  const recipe = JSON.stringify(input)
  const path = join(
    folder,
    `${input.id}-${createHash('sha256').update(recipe).digest('hex').slice(0, 8)}.${input.suffix}`,
  )
  if (existsSync(path)) return path
  await mkdir(folder, { recursive: true })
  process.stdout.write(`Making ${input.title} …\n`)
  if ('repeating' in input.from) {
    const repeated = inputOf(input.from.repeating)
    const piece = { path: await makeInput(ffmpegPath, folder, repeated), lengthS: repeated.lengthS }
    await repeat(ffmpegPath, piece, { path, lengthS: input.lengthS })
  } else {
    const scene = await encodeScene(ffmpegPath, path, input.from.recipe)
    await repeat(ffmpegPath, scene, { path, lengthS: input.lengthS })
    await rm(scene.path)
  }
  return path
}

interface Film {
  readonly path: string
  readonly lengthS: number
}

async function encodeScene(ffmpegPath: string, path: string, recipe: Recipe): Promise<Film> {
  const { frameRate, sceneFrames, heightPx, encoder } = recipe
  const scene = path.replace(/\.(\w+)$/, '.scene.$1')
  // Played faster or slower, never with frames made up: repeated frames would be cheaper to decode than any film's.
  const filter = `setpts=N/(${frameRate}*TB),scale=-2:${heightPx}`
  await runTool(ffmpegPath, [
    ...[...quiet, '-stream_loop', '-1', '-i', sceneFile, '-an', '-vf', filter, '-r', String(frameRate)],
    ...['-frames:v', String(sceneFrames), ...encoder, scene],
  ])
  return { path: scene, lengthS: sceneFrames / frameRate }
}

/** Repeats a piece by copying until the film is long enough, and cuts it there. */
async function repeat(ffmpegPath: string, piece: Film, { path, lengthS }: Film): Promise<void> {
  const list = `${path}.list`
  const unfinished = path.replace(/\.(\w+)$/, '.unfinished.$1')
  await writeFile(list, `file '${piece.path}'\n`.repeat(Math.ceil(lengthS / piece.lengthS)))
  const source = ['-f', 'concat', '-safe', '0', '-i', list]
  await runTool(ffmpegPath, [...quiet, ...source, '-c', 'copy', '-t', String(lengthS), unfinished])
  await rename(unfinished, path)
  await rm(list)
}

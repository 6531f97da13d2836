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
  const scene = 'recipe' in input.from ? await encodeScene(ffmpegPath, path, input.from.recipe) : undefined
  const repeated =
    'repeating' in input.from ? await makeInput(ffmpegPath, folder, inputOf(input.from.repeating)) : scene
  if (repeated !== undefined) await repeat(ffmpegPath, repeated, input, path)
  if (scene !== undefined) await rm(scene)
  return path
}

async function encodeScene(ffmpegPath: string, path: string, recipe: Recipe): Promise<string> {
  const { frameRate, sceneFrames, heightPx, encoder } = recipe
  const scene = path.replace(/\.(\w+)$/, '.scene.$1')
  // Played faster or slower, never with frames made up: repeated frames would be cheaper to decode than any film's.
  const filter = `setpts=N/(${frameRate}*TB),scale=-2:${heightPx}`
  await runTool(ffmpegPath, [
    ...[...quiet, '-stream_loop', '-1', '-i', sceneFile, '-an', '-vf', filter, '-r', String(frameRate)],
    ...['-frames:v', String(sceneFrames), ...encoder, scene],
  ])
  return scene
}

async function repeat(ffmpegPath: string, piece: string, { from, lengthS }: BenchInput, path: string): Promise<void> {
  const list = `${path}.list`
  const unfinished = path.replace(/\.(\w+)$/, '.unfinished.$1')
  const count =
    'recipe' in from
      ? Math.ceil((lengthS * from.recipe.frameRate) / from.recipe.sceneFrames)
      : 'times' in from
        ? from.times
        : 1
  await writeFile(list, `file '${piece}'\n`.repeat(count))
  const source = ['-f', 'concat', '-safe', '0', '-i', list]
  await runTool(ffmpegPath, [...quiet, ...source, '-c', 'copy', '-t', String(lengthS), unfinished])
  await rename(unfinished, path)
  await rm(list)
}

import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { z } from 'zod'
import type { TaskRow } from './final-rows'

const artifact = z.object({ key: z.string(), sizeBytes: z.int() })
export type Artifact = z.infer<typeof artifact>

/** Every file that an output names, wherever in it. */
export function artifactsIn(output: unknown): readonly Artifact[] {
  if (typeof output !== 'object' || output === null) return []
  const own = artifact.safeParse(output)
  return own.success ? [own.data] : Object.values(output).flatMap(artifactsIn)
}

/** @returns the complaints about the files of succeeded tasks: those missing, cut off, or no pictures */
export async function checkFiles(mediaFolder: string, tasks: readonly TaskRow[]): Promise<readonly string[]> {
  const complaints: string[] = []
  for (const { id, state, output } of tasks) {
    if (state !== 'succeeded') continue
    const artifacts = artifactsIn(output)
    if (artifacts.length === 0) complaints.push(`task ${id} has no files`)
    for (const each of artifacts) {
      await checkFile(join(mediaFolder, each.key), each).catch((thrown: unknown) =>
        complaints.push(`${each.key}: ${String(thrown)}`),
      )
    }
  }
  return complaints
}

/** @returns how many files below dispatches' places no succeeded task names */
export function countUnreferenced(mediaFolder: string, tasks: readonly TaskRow[]): number {
  const named = new Set(
    tasks.flatMap(({ state, output }) => (state === 'succeeded' ? artifactsIn(output).map(({ key }) => key) : [])),
  )
  const files = readdirSync(mediaFolder, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => /\/g\d+x\d+\/.+\.\w+$/.test(file) && !named.has(file)).length
}

async function checkFile(path: string, { key, sizeBytes }: Artifact): Promise<void> {
  const bytes = await readFile(path)
  if (bytes.length !== sizeBytes) throw new Error(`${bytes.length} bytes instead of ${sizeBytes}`)
  if (key.endsWith('.vtt')) {
    if (!bytes.toString().startsWith('WEBVTT')) throw new Error('no cues')
    return
  }
  // Decodes all of it: a picture that is cut off has a header, too.
  await sharp(bytes, { failOn: 'warning' }).stats()
}

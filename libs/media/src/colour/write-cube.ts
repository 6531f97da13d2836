import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MediaInfo } from '@libs/tasks'
import { beyondSdr, sdrCube } from './sdr-cube'

/** @returns the path of the table that brings the colours of a media to sRGB, undefined where they need none */
export async function writeCube({ pixels }: Pick<MediaInfo, 'pixels'>, folder: string): Promise<string | undefined> {
  const video = pixels && beyondSdr(pixels)
  if (video === undefined) return undefined
  const path = join(folder, 'to-srgb.cube')
  await writeFile(path, sdrCube(video))
  return path
}

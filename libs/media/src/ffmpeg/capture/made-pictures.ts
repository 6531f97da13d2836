import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pictureName } from '../args/grab-args'
import type { EncodedFormat } from '../args/picture-filter'

/** The frames, by presentation time in ticks, whose pictures are in a folder: ffmpeg's exit code is no proof of a file. */
export async function madePictures(folder: string, format: EncodedFormat): Promise<ReadonlySet<number>> {
  const suffix = `.${format}`
  const names = (await readdir(folder)).filter((name) => name.endsWith(suffix))
  return new Set(names.map((name) => Number(name.slice(0, -suffix.length))))
}

/** Removes the pictures of some frames, those that are there. */
export async function removePictures(
  folder: string,
  format: EncodedFormat,
  ptsTicks: readonly number[],
): Promise<void> {
  for (const pts of ptsTicks) await rm(join(folder, pictureName(pts, format)), { force: true })
}

const lookEveryMs = 500

/** Tells how many pictures are in a folder while they are being made. */
export function watchPictures(
  folder: string,
  format: EncodedFormat,
  onCount: (made: number) => void,
): { readonly stop: () => void } {
  const look = (): void =>
    void madePictures(folder, format).then(
      ({ size }) => onCount(size),
      () => undefined,
    )
  const timer = setInterval(look, lookEveryMs)
  return { stop: () => clearInterval(timer) }
}

import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExecutionContext } from '../kind'
import type { PictureMark } from '../ports/frame-grabber.port'
import type { PlacedMark } from './place-watermark'

/** Brings the images of marks near. @throws AppError `media.notAccessible`, `storage.failed` */
export async function openMarks(
  marks: readonly PlacedMark[],
  { place, tools }: ExecutionContext,
  signal: AbortSignal,
): Promise<readonly PictureMark[]> {
  const opened: PictureMark[] = []
  for (const { key, ...mark } of marks) {
    const folder = await mkdtemp(join(place.workspace, 'mark-'))
    const file = await tools.sources.open(key, folder, signal)
    opened.push({ ...mark, path: await file.localPath(signal) })
  }
  return opened
}

import { join } from 'node:path'
import { runInLanes } from '@libs/kernel'
import { abortFault } from '../abort-fault'
import type { Still } from '../artifact'
import { nameFile } from '../file-name'
import type { ExecutionContext } from '../kind'
import type { GrabbedFrame } from '../ports/frame-grabber.port'
import { verifyPicture } from '../stills/verify-picture'
import type { ImageSpritesPlan } from './image-sprites.plan'

/** Checking is work for a core, publishing is waiting for a disk; this keeps both busy. */
const filesAtATime = 4

interface MadeCells {
  readonly frames: readonly GrabbedFrame[]
  /** How many cells came before these. */
  readonly first: number
  /** Where to write. */
  readonly folder: string
}

/** Publishes the cells of a sheet as files of their own, in the plan's format. */
export async function publishCells(
  { cell: { widthPx, heightPx }, encoding, delivers, names, sheets }: ImageSpritesPlan,
  { frames, first, folder }: MadeCells,
  { place, tools }: ExecutionContext,
  signal: AbortSignal,
): Promise<readonly Still[]> {
  const planned = sheets.flatMap((sheet) => sheet.cells)
  const { format } = encoding
  return runInLanes([...frames.entries()], filesAtATime, async ([index, frame]) => {
    if (signal.aborted) throw abortFault(signal)
    const number = first + index
    const isMade = !delivers.sheets || format === 'png'
    const path = isMade ? frame.path : join(folder, `cell-${number}.${format}`)
    if (!isMade) await tools.composer.convert(frame.path, path, encoding)
    await verifyPicture(path, { widthPx, heightPx, format }, tools.composer)
    const name = nameFile(names.cells ?? `cell-${number}.{format}`, number, format)
    return {
      artifact: await tools.artifacts.put(`${place.artifactPrefix}${name}`, path),
      widthPx,
      heightPx,
      atMs: planned[number]?.atMs ?? frame.atMs,
      ptsMs: frame.ptsMs,
    }
  })
}

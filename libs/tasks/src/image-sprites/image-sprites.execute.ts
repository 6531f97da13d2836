import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { abortFault } from '../abort-fault'
import type { Artifact } from '../artifact'
import type { ExecutionContext } from '../kind'
import type { GrabRequest } from '../ports/frame-grabber.port'
import { verifyPicture } from '../stills/verify-picture'
import type { ImageSpritesOutput } from './image-sprites.output'
import type { ImageSpritesPlan, PlannedSheet } from './image-sprites.plan'
import { writeSpriteVtt } from './sprite-vtt'

/** Makes one sheet after the other, so that disk and memory hold the cells of a single sheet however long the media. */
export async function executeImageSprites(
  plan: ImageSpritesPlan,
  context: ExecutionContext,
  signal: AbortSignal,
): Promise<ImageSpritesOutput> {
  const { subject, place, tools, report } = context
  const source = await tools.sources.open(subject.sourceKey, place.workspace, signal)
  const names = plan.sheets.map((_, index) => `sheet-${index}.${plan.encoding.format}`)
  const cellCount = plan.sheets.reduce((count, sheet) => count + sheet.cells.length, 0)
  const sheets: Artifact[] = []
  let cellsDone = 0
  for (const [index, sheet] of plan.sheets.entries()) {
    if (signal.aborted) throw abortFault(signal)
    const name = names[index] ?? ''
    const onProgress = (framesDone: number): void => report((100 * (cellsDone + framesDone)) / cellCount)
    const path = await makeSheet(plan, sheet, { source, name, onProgress }, context, signal)
    sheets.push(await tools.artifacts.put(`${place.artifactPrefix}${name}`, path))
    await rm(path)
    cellsDone += sheet.cells.length
    report((100 * cellsDone) / cellCount)
  }
  const vttPath = join(place.workspace, 'sprite.vtt')
  await writeFile(vttPath, writeSpriteVtt(plan, names))
  return {
    cellWidthPx: plan.cell.widthPx,
    cellHeightPx: plan.cell.heightPx,
    cellCount,
    sheets,
    vtt: await tools.artifacts.put(`${place.artifactPrefix}sprite.vtt`, vttPath),
  }
}

interface SheetContext extends Pick<GrabRequest, 'source' | 'onProgress'> {
  readonly name: string
}

async function makeSheet(
  plan: ImageSpritesPlan,
  sheet: PlannedSheet,
  { source, name, onProgress }: SheetContext,
  { place, tools }: ExecutionContext,
  signal: AbortSignal,
): Promise<string> {
  const folder = join(place.workspace, 'cells')
  await mkdir(folder, { recursive: true })
  const atMs = sheet.cells.map((cell) => cell.atMs)
  // Lossless cells: the sheet is then compressed once, not twice.
  const request = {
    source,
    media: plan.media,
    atMs,
    geometry: plan.cell,
    encoding: { ...plan.encoding, format: 'png' },
    accuracy: plan.accuracy,
    folder,
    onProgress,
  } as const
  const frames = await tools.grabber.grab(request, signal)
  const cells = sheet.cells.flatMap(({ leftPx, topPx }, index) => {
    const frame = frames[index]
    return frame === undefined ? [] : [{ path: frame.path, leftPx, topPx }]
  })
  const path = join(place.workspace, name)
  const { widthPx, heightPx } = sheet
  await tools.composer.composeSheet({ widthPx, heightPx, cells, encoding: plan.encoding, path }, signal)
  await verifyPicture(path, { widthPx, heightPx, format: plan.encoding.format }, tools.composer)
  await rm(folder, { recursive: true })
  return path
}

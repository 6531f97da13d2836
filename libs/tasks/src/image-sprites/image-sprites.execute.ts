import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { abortFault } from '../abort-fault'
import type { Artifact, Still } from '../artifact'
import { escapeName, nameFile } from '../file-name'
import type { ExecutionContext } from '../kind'
import { openSource } from '../open-source'
import type { GrabbedFrame, GrabRequest } from '../ports/frame-grabber.port'
import { verifyPicture } from '../stills/verify-picture'
import type { ImageSpritesOutput } from './image-sprites.output'
import type { ImageSpritesPlan, PlannedSheet } from './image-sprites.plan'
import { publishCells } from './publish-cells'
import { writeSpriteVtt } from './sprite-vtt'

/** Makes one sheet after the other, so that disk and memory hold the cells of a single sheet however long the media. */
export async function executeImageSprites(
  plan: ImageSpritesPlan,
  context: ExecutionContext,
  signal: AbortSignal,
): Promise<ImageSpritesOutput> {
  const { place, report } = context
  const source = await openSource(plan.media, context, signal)
  const cellCount = plan.sheets.reduce((count, sheet) => count + sheet.cells.length, 0)
  const sheets: Artifact[] = []
  const cells: Still[] = []
  let cellsDone = 0
  for (const sheet of plan.sheets) {
    if (signal.aborted) throw abortFault(signal)
    const before = cellsDone
    const onProgress = (made: number): void => report({ framesDone: before + made, frames: cellCount })
    const folder = join(place.workspace, 'cells')
    await mkdir(folder, { recursive: true })
    const frames = await grabCells(plan, sheet, { source, folder, onProgress }, context, signal)
    if (plan.delivers.sheets)
      sheets.push(await makeSheet(plan, sheet, { frames, index: sheets.length }, context, signal))
    if (plan.delivers.cells)
      cells.push(...(await publishCells(plan, { frames, first: cellsDone, folder }, context, signal)))
    await rm(folder, { recursive: true })
    cellsDone += sheet.cells.length
    report({ framesDone: cellsDone, frames: cellCount })
  }
  const named = plan.delivers.sheets ? sheets : cells.map(({ artifact }) => artifact)
  return {
    cellWidthPx: plan.cell.widthPx,
    cellHeightPx: plan.cell.heightPx,
    cellCount,
    sheets,
    ...(plan.delivers.cells && { cells }),
    vtt: await publishVtt(plan, named, context),
  }
}

/** @param named the files that its cues name */
async function publishVtt(
  plan: ImageSpritesPlan,
  named: readonly Artifact[],
  { place, tools }: ExecutionContext,
): Promise<Artifact> {
  const path = join(place.workspace, 'sprite.vtt')
  const key = `${place.artifactPrefix}${plan.names.vtt ?? 'sprite.vtt'}`
  const names = named.map((file) => escapeName(posix.relative(posix.dirname(key), file.key)))
  await writeFile(path, writeSpriteVtt(plan, names))
  return tools.artifacts.put(key, path)
}

/** Lossless where a sheet is to be made of them: it is then compressed once, not twice. */
async function grabCells(
  { media, cell: geometry, encoding, accuracy, delivers }: ImageSpritesPlan,
  { cells }: PlannedSheet,
  where: Pick<GrabRequest, 'source' | 'folder' | 'onProgress'>,
  { tools }: ExecutionContext,
  signal: AbortSignal,
): Promise<readonly GrabbedFrame[]> {
  const format = delivers.sheets ? 'png' : encoding.format
  const atMs = cells.map((cell) => Math.min(cell.atMs, media.durationMs))
  return tools.grabber.grab({ ...where, media, atMs, geometry, encoding: { ...encoding, format }, accuracy }, signal)
}

async function makeSheet(
  { encoding, background, names }: ImageSpritesPlan,
  sheet: PlannedSheet,
  { frames, index }: { readonly frames: readonly GrabbedFrame[]; readonly index: number },
  { place, tools }: ExecutionContext,
  signal: AbortSignal,
): Promise<Artifact> {
  const cells = sheet.cells.flatMap(({ leftPx, topPx }, place) => {
    const frame = frames[place]
    return frame === undefined ? [] : [{ path: frame.path, leftPx, topPx }]
  })
  const name = nameFile(names.sheets ?? `sheet-${index}.{format}`, index, encoding.format)
  const path = join(place.workspace, `sheet.${encoding.format}`)
  const { widthPx, heightPx } = sheet
  await tools.composer.composeSheet({ widthPx, heightPx, background, cells, encoding, path }, signal)
  await verifyPicture(path, { widthPx, heightPx, format: encoding.format }, tools.composer)
  const artifact = await tools.artifacts.put(`${place.artifactPrefix}${name}`, path)
  await rm(path)
  return artifact
}

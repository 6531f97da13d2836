import { AppError } from '@libs/kernel'
import { refuseOneNameForMany } from '../file-name'
import type { TaskInput } from '../kind'
import type { MediaInfo } from '../media-info'
import type { FrameAccuracy, PictureEncoding, PictureGeometry } from '../stills/picture'
import { sizePicture } from '../stills/size-picture'
import { sampleTimes } from '../timeline/sample-times'
import type { ImageSpritesRequest, ImageSpritesSettings } from './image-sprites.input'

/** Tencent VOD, `CreateImageSpriteTemplate`: neither side of a whole sprite may be longer. */
export const maxSheetSidePx = 15_000

export interface PlannedCell {
  /** The cell stands for the time from here to the next cell; its picture is the frame here. */
  readonly atMs: number
  readonly leftPx: number
  readonly topPx: number
}

export interface PlannedSheet {
  readonly widthPx: number
  readonly heightPx: number
  readonly cells: readonly PlannedCell[]
}

export interface ImageSpritesPlan {
  readonly media: MediaInfo
  readonly cell: PictureGeometry
  readonly encoding: PictureEncoding
  readonly accuracy: FrameAccuracy
  readonly background: string
  readonly delivers: { readonly sheets: boolean; readonly cells: boolean }
  /** Patterns in place of the kind's own names. */
  readonly names: {
    readonly sheets?: string | undefined
    readonly cells?: string | undefined
    readonly vtt?: string | undefined
  }
  readonly sheets: readonly PlannedSheet[]
}

/** How cells lie on a sheet. */
interface Grid {
  readonly columns: number
  readonly cell: PictureGeometry
  readonly paddingPx: number
  readonly marginPx: number
}

/**
 * Lays the samples row by row into sheets of rows × columns cells. The last sheet has only the rows it uses, at full
 * width; when it uses a single row that is not full, only the columns it uses.
 * @throws AppError `task.invalidConfiguration` when a sheet or the number of cells is too large, `task.invalidOffset`
 */
export function planImageSprites(
  { settings, request }: TaskInput<ImageSpritesSettings, ImageSpritesRequest>,
  media: MediaInfo,
): ImageSpritesPlan {
  const { rows, columns, paddingPx = 0, marginPx = 0, background = '#000000', delivery = 'sheets' } = settings
  const grid = { columns, cell: sizePicture(settings, media), paddingPx, marginPx }
  refuseLargeSheet('columns', columns, sideOf(columns, grid.cell.widthPx, grid))
  refuseLargeSheet('rows', rows, sideOf(rows, grid.cell.heightPx, grid))
  const times = sampleTimes(settings.sampling, media.durationMs)
  const perSheet = rows * columns
  const sheets = Array.from({ length: Math.ceil(times.length / perSheet) }, (_, sheet) =>
    layOutSheet(times.slice(sheet * perSheet, (sheet + 1) * perSheet), grid),
  )
  const delivers = { sheets: delivery !== 'cells', cells: delivery !== 'sheets' }
  const { fileName, cellFileName, vttFileName } = request
  if (delivers.sheets) refuseOneNameForMany(fileName, sheets.length, 'fileName')
  if (delivers.cells) refuseOneNameForMany(cellFileName, times.length, 'cellFileName')
  if (delivery === 'both') refuseSameNames(fileName, cellFileName)
  const { format, quality, chroma } = settings
  return {
    media,
    cell: grid.cell,
    encoding: { format, quality, chroma },
    accuracy: request.accuracy ?? settings.accuracy,
    background,
    delivers,
    names: { sheets: fileName, cells: cellFileName, vtt: vttFileName },
    sheets,
  }
}

function refuseSameNames(sheets: string | undefined, cells: string | undefined): void {
  if (sheets === undefined || sheets !== cells) return
  throw new AppError('task.invalidConfiguration', 'Sheets and cells need names of their own.', {
    field: 'cellFileName',
  })
}

function layOutSheet(times: readonly number[], grid: Grid): PlannedSheet {
  const { columns, cell, paddingPx, marginPx } = grid
  return {
    widthPx: sideOf(Math.min(columns, times.length), cell.widthPx, grid),
    heightPx: sideOf(Math.ceil(times.length / columns), cell.heightPx, grid),
    cells: times.map((atMs, index) => ({
      atMs,
      leftPx: marginPx + (index % columns) * (cell.widthPx + paddingPx),
      topPx: marginPx + Math.floor(index / columns) * (cell.heightPx + paddingPx),
    })),
  }
}

function sideOf(count: number, cellPx: number, { paddingPx, marginPx }: Grid): number {
  return 2 * marginPx + count * cellPx + (count - 1) * paddingPx
}

function refuseLargeSheet(side: 'rows' | 'columns', count: number, sidePx: number): void {
  if (sidePx <= maxSheetSidePx) return
  throw new AppError(
    'task.invalidConfiguration',
    `${count} ${side} make a sprite of ${sidePx} px; a side may have ${maxSheetSidePx} px.`,
    { field: `settings.${side}` },
  )
}

import { AppError } from '@libs/kernel'
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
  readonly sheets: readonly PlannedSheet[]
}

/**
 * Lays the samples row by row into sheets of rows × columns cells. The last sheet has only the rows it uses, at full
 * width; when it uses a single row that is not full, only the columns it uses.
 * @throws AppError `task.invalidConfiguration` when a sheet or the number of cells is too large
 */
export function planImageSprites(
  { settings, request }: TaskInput<ImageSpritesSettings, ImageSpritesRequest>,
  media: MediaInfo,
): ImageSpritesPlan {
  const cell = sizePicture(settings, media)
  refuseLargeSheet('columns', settings.columns, cell.widthPx)
  refuseLargeSheet('rows', settings.rows, cell.heightPx)
  const times = sampleTimes(settings.sampling, media.durationMs)
  const perSheet = settings.rows * settings.columns
  const sheets = Array.from({ length: Math.ceil(times.length / perSheet) }, (_, sheet) =>
    layOutSheet(times.slice(sheet * perSheet, (sheet + 1) * perSheet), settings.columns, cell),
  )
  const { format, quality, chroma } = settings
  return { media, cell, encoding: { format, quality, chroma }, accuracy: request.accuracy ?? settings.accuracy, sheets }
}

function layOutSheet(times: readonly number[], columns: number, cell: PictureGeometry): PlannedSheet {
  return {
    widthPx: Math.min(columns, times.length) * cell.widthPx,
    heightPx: Math.ceil(times.length / columns) * cell.heightPx,
    cells: times.map((atMs, index) => ({
      atMs,
      leftPx: (index % columns) * cell.widthPx,
      topPx: Math.floor(index / columns) * cell.heightPx,
    })),
  }
}

function refuseLargeSheet(side: 'rows' | 'columns', count: number, cellPx: number): void {
  if (count * cellPx <= maxSheetSidePx) return
  throw new AppError(
    'task.invalidConfiguration',
    `${count} ${side} of ${cellPx} px make a sprite of ${count * cellPx} px; a side may have ${maxSheetSidePx} px.`,
    { field: `settings.${side}` },
  )
}

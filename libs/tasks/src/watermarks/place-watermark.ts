import { maxSidePx } from '../stills/size-picture'
import type { FrozenWatermark, MarkLength } from './watermark'

interface Size {
  readonly widthPx: number
  readonly heightPx: number
}

/** Where a mark lies on a picture; parts of it, or all, may lie outside. */
export interface PlacedMark extends Size {
  /** Key of the image. */
  readonly key: string
  readonly leftPx: number
  readonly topPx: number
  /** From 0, which cannot be seen, to 1. */
  readonly opacity: number
}

/**
 * A watermark's place on a picture (Tencent VOD, "CreateWatermarkTemplate": CoordinateOrigin, XPos, YPos, Width, Height).
 * Percentages are of the picture as it comes out, bars included.
 */
export function placeWatermark({ origin, x, y, mark }: FrozenWatermark, picture: Size): PlacedMark {
  const { image, width, height, transparencyPercent } = mark
  const widthPx = side(toPx(width, picture.widthPx))
  const ownHeight = (widthPx * image.heightPx) / image.widthPx
  const heightPx = side(height.value === 0 ? ownHeight : toPx(height, picture.heightPx))
  const xPx = Math.round(toPx(x, picture.widthPx))
  const yPx = Math.round(toPx(y, picture.heightPx))
  const fromLeft = origin === 'topLeft' || origin === 'bottomLeft'
  const fromTop = origin === 'topLeft' || origin === 'topRight'
  return {
    key: image.key,
    leftPx: fromLeft ? xPx : picture.widthPx - widthPx - xPx,
    topPx: fromTop ? yPx : picture.heightPx - heightPx - yPx,
    widthPx,
    heightPx,
    opacity: 1 - transparencyPercent / 100,
  }
}

function toPx({ unit, value }: MarkLength, wholePx: number): number {
  return unit === 'px' ? value : (value * wholePx) / 100
}

/** An image of an absurd shape is as long as a picture can be, not longer. */
function side(px: number): number {
  return Math.min(maxSidePx, Math.max(1, Math.round(px)))
}

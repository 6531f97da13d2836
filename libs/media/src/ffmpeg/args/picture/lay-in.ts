import type { PictureGeometry } from '@libs/tasks'

interface Size {
  readonly widthPx: number
  readonly heightPx: number
}

export interface LaidIn {
  /** What the whole video is scaled to. */
  readonly fitted: Size
  /** Filters from there to a picture of exactly the asked size. */
  readonly fill: readonly string[]
}

/** @param display the video's size as a player shows it, pixel aspect and turn applied */
export function layIn(geometry: PictureGeometry, display: Size): LaidIn {
  const fitted = fit(display, geometry)
  const fits = fitted.widthPx === geometry.widthPx && fitted.heightPx === geometry.heightPx
  if (geometry.fill === 'stretch') return { fitted: geometry, fill: [] }
  if (geometry.fill === 'gauss' && !fits) return { fitted, fill: [onBlurredCopy(geometry)] }
  const colour = geometry.fill === 'white' ? 'white' : 'black'
  return {
    fitted,
    // A frame that lies otherwise than the video began has bars also where the asked size is the video's own shape.
    fill: [`pad=${geometry.widthPx}:${geometry.heightPx}:(ow-iw)/2:(oh-ih)/2:color=${colour}`],
  }
}

/** The largest size of the video's shape inside the frame. */
function fit(display: Size, frame: Size): Size {
  const widthPx = Math.round((frame.heightPx * display.widthPx) / display.heightPx)
  if (widthPx <= frame.widthPx) return { widthPx: Math.max(1, widthPx), heightPx: frame.heightPx }
  const heightPx = Math.round((frame.widthPx * display.heightPx) / display.widthPx)
  return { widthPx: frame.widthPx, heightPx: Math.max(1, Math.min(heightPx, frame.heightPx)) }
}

/** Long side of the copy that is blurred, and by how much: the look is the same at every size, and costs next to nothing. */
const blurred = { longSidePx: 80, sigmaPx: 2.5 }

/** The picture zoomed until it covers the frame, and blurred. */
function onBlurredCopy({ widthPx, heightPx }: Size): string {
  const cover = `crop='min(iw,ih*${widthPx}/${heightPx})':'min(ih,iw*${heightPx}/${widthPx})'`
  const smaller = Math.min(1, blurred.longSidePx / Math.max(widthPx, heightPx))
  const small = `scale=${atLeastOne(widthPx * smaller)}:${atLeastOne(heightPx * smaller)}:flags=area`
  return [
    `split[front][back]`,
    `[back]${cover},${small},gblur=sigma=${blurred.sigmaPx}:steps=3,scale=${widthPx}:${heightPx}:flags=bicubic[blurred]`,
    `[blurred][front]overlay='(W-w)/2':'(H-h)/2':format=gbrp`,
  ].join(';')
}

function atLeastOne(px: number): number {
  return Math.max(1, Math.round(px))
}

import type { ImageFormat, PictureGeometry } from '@libs/tasks'

interface Size {
  readonly widthPx: number
  readonly heightPx: number
}

/** What ffmpeg encodes, so that every build will do; sharp turns PNGs into the other formats. */
export type EncodedFormat = Extract<ImageFormat, 'jpg' | 'png'>

/**
 * The filters from an upright decoded frame to a picture of exactly the asked size, with square pixels.
 * @param display the video's size as a player shows it, pixel aspect applied
 */
export function pictureFilter(geometry: PictureGeometry, display: Size, format: EncodedFormat): string {
  const fitted = fit(display, geometry)
  const fills = fitted.widthPx === geometry.widthPx && fitted.heightPx === geometry.heightPx
  const laidIn =
    geometry.fill === 'stretch' || fills
      ? scale(geometry)
      : geometry.fill === 'gauss'
        ? blurredBackground(fitted, geometry, display)
        : bars(fitted, geometry, geometry.fill)
  return `${laidIn},setsar=1,${pixelFormat(format)}`
}

/** The largest size of the video's shape inside the frame. */
function fit(display: Size, frame: Size): Size {
  const widthPx = Math.round((frame.heightPx * display.widthPx) / display.heightPx)
  if (widthPx <= frame.widthPx) return { widthPx: Math.max(1, widthPx), heightPx: frame.heightPx }
  const heightPx = Math.round((frame.widthPx * display.heightPx) / display.widthPx)
  return { widthPx: frame.widthPx, heightPx: Math.max(1, Math.min(heightPx, frame.heightPx)) }
}

function scale({ widthPx, heightPx }: Size): string {
  return `scale=${widthPx}:${heightPx}:flags=bicubic`
}

function margins(fitted: Size, frame: Size): { leftPx: number; topPx: number } {
  return {
    leftPx: Math.floor((frame.widthPx - fitted.widthPx) / 2),
    topPx: Math.floor((frame.heightPx - fitted.heightPx) / 2),
  }
}

/** With subsampled colour, pad would round sizes and places to even numbers; so the bars are added at full colour. */
function bars(fitted: Size, frame: Size, colour: 'black' | 'white'): string {
  const { leftPx, topPx } = margins(fitted, frame)
  return `${scale(fitted)},format=yuv444p,pad=${frame.widthPx}:${frame.heightPx}:${leftPx}:${topPx}:color=${colour}`
}

/** The video zoomed until it covers the frame, blurred at an eighth of the size: as soft, and several times faster. */
function blurredBackground(fitted: Size, frame: Size, display: Size): string {
  const { leftPx, topPx } = margins(fitted, frame)
  const wider = (frame.widthPx * display.heightPx) / (frame.heightPx * display.widthPx)
  const cover = wider > 1 ? `iw:ih/${wider.toFixed(6)}` : `iw*${wider.toFixed(6)}:ih`
  const small = { widthPx: eighth(frame.widthPx), heightPx: eighth(frame.heightPx) }
  return [
    `split[front][back]`,
    `[back]crop=${cover},${scale(small)},format=yuv444p,gblur=sigma=2.5,${scale(frame)}[blurred]`,
    `[front]${scale(fitted)},format=yuv444p[fitted]`,
    `[blurred][fitted]overlay=${leftPx}:${topPx}:format=yuv444`,
  ].join(';')
}

function eighth(px: number): number {
  return Math.max(1, Math.round(px / 8))
}

/** JPEG (JFIF) means full range and the BT.601 matrix, whatever the video had. */
function pixelFormat(format: EncodedFormat): string {
  return format === 'jpg' ? 'scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p' : 'format=rgb24'
}

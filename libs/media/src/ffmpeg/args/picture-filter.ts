import type { ImageFormat, MediaInfo, PictureEncoding, PictureGeometry } from '@libs/tasks'
import { layIn } from './picture/lay-in'
import { readPixels } from './picture/read-pixels'
import { turnedSize, turnFilters, turnOf } from './picture/turn'

/** What ffmpeg encodes, so that every build will do; sharp turns PNGs into the other formats. */
export type EncodedFormat = Extract<ImageFormat, 'jpg' | 'png'>

export interface PictureWish {
  readonly geometry: PictureGeometry
  readonly media: Pick<
    MediaInfo,
    'displayWidthPx' | 'displayHeightPx' | 'pictureStreamIndex' | 'videoStreams' | 'pixels'
  >
  readonly format: EncodedFormat
  readonly chroma: PictureEncoding['chroma']
  /** File of the table that brings the video's colours to sRGB; absent where they are plain. */
  readonly cubePath?: string | undefined
}

/**
 * The filters from a decoded frame as it is coded, so not turned by ffmpeg, to an upright picture of exactly the asked
 * size, with square pixels and the colours that a browser takes a picture to have. Everything that costs by the pixel
 * comes after the scaling.
 */
export function pictureFilter({ geometry, media, format, chroma, cubePath }: PictureWish): string {
  const turn = turnOf(media)
  const display = { widthPx: media.displayWidthPx, heightPx: media.displayHeightPx }
  const { fitted, fill } = layIn(geometry, display)
  const filters = [
    ...readPixels(media),
    `scale=${scaledSize(turnedSize(fitted, turn), turnedSize(display, turn), turnedSize(geometry, turn), geometry)}:${flags}`,
    ...(cubePath === undefined ? [] : ['format=gbrp10le', `lut3d=file=${escapeValue(cubePath)}`]),
    'format=gbrp',
    ...turnFilters(turn),
    ...fill,
    'setsar=1',
    // JPEG (JFIF) means full range and the BT.601 matrix, whatever the video had.
    ...(format === 'jpg'
      ? [`scale=out_color_matrix=bt601:out_range=pc:${flags}`, `format=yuvj${chroma}p`]
      : ['format=rgb24']),
  ]
  return filters.join(',')
}

interface Size {
  readonly widthPx: number
  readonly heightPx: number
}

/** Nearest to sharp's scaling (SSIM 0.999 and above), at half the cost of sending whole frames there. */
const flags = 'flags=bicubic+accurate_rnd'

/** The size of the video, unless a frame on the way has another shape than the video began with: then that frame's own. */
function scaledSize(usual: Size, display: Size, frame: Size, { fill }: PictureGeometry): string {
  if (fill === 'stretch') return `${frame.widthPx}:${frame.heightPx}`
  const isUsual = `lt(abs(dar*${display.heightPx}/${display.widthPx}-1),0.01)`
  const width = `if(${isUsual},${usual.widthPx},clip(round(${frame.heightPx}*dar),1,${frame.widthPx}))`
  const height = `if(${isUsual},${usual.heightPx},clip(round(${frame.widthPx}/dar),1,${frame.heightPx}))`
  return `w='${width}':h='${height}'`
}

/** For the value of an option, then for the graph that the option stands in. */
function escapeValue(value: string): string {
  return value.replaceAll(/[\\':]/g, '\\$&').replaceAll(/[\\'[\],;]/g, '\\$&')
}

import type { CodedPixels, MediaInfo } from '@libs/tasks'

/** Those that swscale converts, under ffmpeg's names. */
const knownMatrices = new Set(['bt709', 'fcc', 'bt470bg', 'smpte170m', 'smpte240m', 'bt2020nc'])
/** Formats that hold red, green and blue as they are. */
const rgb = /rgb|bgr|gbr|pal8|mono/

/** From frames as they are coded to whole, opaque ones that say how their colours are meant. */
export function readPixels({ pixels, videoStreams, pictureStreamIndex }: Video): readonly string[] {
  if (pixels === undefined) return []
  const stream = videoStreams.find(({ index }) => index === pictureStreamIndex)
  const range = pixels.range === 'full' ? 'pc' : 'tv'
  const meaning = `setparams=colorspace=${matrixOf(pixels, stream)}:range=${range}`
  return [
    ...(rgb.test(pixels.format) ? [] : [meaning]),
    ...(pixels.interlaced ? deinterlaced : []),
    ...(pixels.alpha ? onBlack : []),
  ]
}

type Video = Pick<MediaInfo, 'pixels' | 'videoStreams' | 'pictureStreamIndex'>

/** Where the video does not say it, what players take (mpv, `csp.c`): that of HD for HD, that of SD for the rest. */
function matrixOf({ matrix, primaries, transfer }: CodedPixels, coded?: { widthPx: number; heightPx: number }): string {
  if (knownMatrices.has(matrix)) return matrix
  if (matrix === 'bt2020c' || primaries === 'bt2020' || transfer === 'smpte2084' || transfer === 'arib-std-b67') {
    return 'bt2020nc'
  }
  return coded !== undefined && (coded.widthPx >= 1280 || coded.heightPx > 576) ? 'bt709' : 'smpte170m'
}

/**
 * Frames are picked before this, so only a filter that looks at one frame alone gives the same picture whichever others
 * are asked. It leaves frames alone that are not marked as interlaced, and halves the time base.
 */
const deinterlaced = ['estdif=mode=frame:deint=interlaced', 'settb=2*intb']

/** Before the scaling, for what lies under transparent pixels must not bleed into the others. */
const onBlack = ['scale=flags=bicubic', 'format=gbrap', 'premultiply=inplace=1', 'format=gbrp']

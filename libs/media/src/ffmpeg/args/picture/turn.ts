import type { MediaInfo } from '@libs/tasks'

/** What makes a coded picture upright: left and right swapped, then turned clockwise. */
export interface Turn {
  readonly mirrored: boolean
  readonly degrees: number
}

export function turnOf(media: Pick<MediaInfo, 'pictureStreamIndex' | 'videoStreams'>): Turn {
  const stream = media.videoStreams.find(({ index }) => index === media.pictureStreamIndex)
  return { mirrored: stream?.mirrored ?? false, degrees: stream?.rotationDegrees ?? 0 }
}

interface Size {
  readonly widthPx: number
  readonly heightPx: number
}

/** The coded size of an upright one, and the other way round. */
export function turnedSize({ widthPx, heightPx }: Size, { degrees }: Turn): Size {
  return degrees % 180 === 90 ? { widthPx: heightPx, heightPx: widthPx } : { widthPx, heightPx }
}

export function turnFilters({ mirrored, degrees }: Turn): readonly string[] {
  if (degrees === 180) return mirrored ? ['vflip'] : ['hflip', 'vflip']
  const quarter = degrees === 90 ? ['transpose=clock'] : degrees === 270 ? ['transpose=cclock'] : []
  return mirrored ? ['hflip', ...quarter] : quarter
}

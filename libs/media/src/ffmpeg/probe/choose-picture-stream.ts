import { AppError } from '@libs/kernel'
import { maxCodedPixels } from '../args/untrusted-input'
import type { ContainerReport, ReportedStream } from './ffprobe-report'

/** A file can look a little like some container by chance; below this ffprobe itself is guessing. */
const leastProbeScore = 26
/** Still pictures that come in the container of a film (ISO 23008-12). */
const pictureBrands = new Set(['avif', 'avis', 'heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1'])

/**
 * The video stream that pictures are taken from: the one marked as default, else the first; covers of albums do not count.
 * @throws AppError `media.noVideo`, `media.noResolution`, `media.notMedia`, `media.unsupported`,
 *   `media.tooManyPixels`
 */
export function choosePictureStream({ format, streams, forgotSize }: ContainerReport): ReportedStream {
  if (pictureBrands.has(format.tags.major_brand.trim())) {
    throw new AppError('media.unsupported', 'The file is a still picture, not a video.')
  }
  const videos = streams.filter(isFilm)
  const chosen = videos.find(({ disposition }) => disposition.default === 1) ?? videos[0]
  if (chosen === undefined) {
    if (format.probe_score < leastProbeScore) throw new AppError('media.notMedia', 'The file is not a media file.')
    throw new AppError('media.noVideo', 'The media has no video stream.')
  }
  if (chosen.codec_name === '') throw new AppError('media.unsupported', 'The codec of the video is not known.')
  if (chosen.width <= 0 || chosen.height <= 0) {
    if (forgotSize) throw new AppError('media.tooManyPixels', 'The pictures of the video are too large.')
    throw new AppError('media.noResolution', 'The video says no width and height.')
  }
  if (chosen.width * chosen.height > maxCodedPixels) {
    throw new AppError('media.tooManyPixels', `A video of ${chosen.width}x${chosen.height} px is too large.`)
  }
  return chosen
}

export function isFilm({ codec_type: type, disposition }: ReportedStream): boolean {
  return type === 'video' && disposition.attached_pic !== 1
}

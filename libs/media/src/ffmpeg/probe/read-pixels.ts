import type { CodedPixels } from '@libs/tasks'
import type { ReportedFrame, ReportedStream } from './ffprobe-report'
import { fraction } from './fraction'

const withAlpha = /^(yuva|vuya|ayuv|rgba|argb|bgra|abgr|gbrap|ya\d|pal8)/
const twoFields = new Set(['tt', 'bb', 'tb', 'bt'])

/** @param frame the first decoded frame: what it says of itself goes before what the container says */
export function readPixels(stream: ReportedStream, frame: ReportedFrame): CodedPixels {
  const format = frame.pix_fmt || stream.pix_fmt
  const peakNits = peakOf(frame)
  return {
    format,
    bitDepth: Number(/(?:p|gray|gbrap?|p0)(9|10|12|14|16)(?:[lb]e)?$/.exec(format)?.[1] ?? 8),
    matrix: known(frame.color_space) || known(stream.color_space),
    range: isFull(format, frame.color_range || stream.color_range) ? 'full' : 'limited',
    primaries: known(frame.color_primaries) || known(stream.color_primaries),
    transfer: known(frame.color_transfer) || known(stream.color_transfer),
    ...(peakNits !== undefined && { peakNits }),
    interlaced: frame.interlaced_frame === 1 || twoFields.has(stream.field_order),
    // In WebM, a second picture beside the first, of which only the container tells.
    alpha: withAlpha.test(format) || stream.tags.alpha_mode === '1',
  }
}

function isFull(format: string, range: string): boolean {
  return range === 'pc' || (range !== 'tv' && format.startsWith('yuvj'))
}

function known(name: string): string {
  return name === 'unknown' || name === 'reserved' ? '' : name
}

/** That of the content where it is known, else that of the screen it was made on. */
function peakOf({ side_data_list: sideData }: ReportedFrame): number | undefined {
  const content = sideData.find(({ max_content: nits }) => nits > 0)?.max_content
  return content ?? sideData.map(({ max_luminance: nits }) => fraction(nits, '/')).find((nits) => nits !== undefined)
}

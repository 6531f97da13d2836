import type { ReportedStream } from './ffprobe-report'

const upright = { degrees: 0, mirrored: false }

/** Swapped left and right, then turned clockwise by quarters; ffmpeg crops other angles, so they turn nothing. */
export function turnOf({ side_data_list: sideData, tags }: ReportedStream): typeof upright {
  const matrix = sideData.find(({ displaymatrix }) => displaymatrix !== undefined)?.displaymatrix
  const [[a, b] = [1, 0], [c, d] = [0, 1]] = rowsOf(matrix ?? '')
  const mirrored = a * d - b * c < 0
  const radians = mirrored ? Math.atan2(-b, -a) : Math.atan2(b, a)
  const degrees = Math.round(matrix === undefined ? (tags.rotate ?? 0) : (radians * 180) / Math.PI)
  return degrees % 90 === 0 ? { degrees: ((degrees % 360) + 360) % 360, mirrored } : upright
}

/** The part of ffprobe's dump that turns; the rest moves and projects. */
function rowsOf(dump: string): readonly (readonly [number, number])[] {
  const rows = [...dump.matchAll(/^0000000[01]: +(-?\d+) +(-?\d+)/gm)]
  return rows.map(([, first, second]) => [Number(first), Number(second)])
}

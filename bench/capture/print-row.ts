import type { Measured, Row } from './row'

/** Writes a row to the terminal as a table, fastest way first, with what it is held against. */
export function printRow(row: Row): void {
  const ours = row.measured.find(({ of }) => of === 'ours')?.wallS
  const lines = [
    `\n${row.title}`,
    columns('way', ['picture', 'wall s', 'cpu s', 'MB', '× ours', 'rounds']),
    ...[...row.measured].sort((a, b) => (a.wallS ?? Infinity) - (b.wallS ?? Infinity)).map((one) => wayLine(one, ours)),
    ...(row.floor === undefined ? [] : [columns('(the floor)', ['', row.floor.wallS.toFixed(3)])]),
    ...(row.leastPsnrDb === undefined
      ? []
      : [`  ours against the frames on screen: at least ${row.leastPsnrDb.toFixed(1)} dB`]),
    ...row.notes.map((note) => `  ${note}`),
    ...row.targets.map(
      ({ what, figure, limit, met }) => `  ${met ? 'met   ' : 'MISSED'} ${what}: ${figure} (≤ ${limit})`,
    ),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

function wayLine(one: Measured, oursS: number | undefined): string {
  if (one.wallS === undefined) return columns(one.way, [one.shows, one.leftOut ?? ''])
  const timesOurs = oursS === undefined ? '' : (one.wallS / oursS).toFixed(2)
  const memoryMb = (one.childrenPeakMb ?? 0) + (one.ownPeakMb ?? 0)
  const figures = [one.wallS.toFixed(3), one.cpuS?.toFixed(2) ?? '', memoryMb.toFixed(0), timesOurs, String(one.rounds)]
  return columns(one.way, [one.shows, ...figures])
}

function columns(name: string, rest: readonly string[]): string {
  return `  ${name.padEnd(50)}${rest.map((text) => text.padStart(10)).join('')}`
}

import { describeLikeness, fastestFirst, type Measured, peakMb, type Row, timesOurs } from './row'

/** Writes a row to the terminal as a table, fastest way first, with what it is held against. */
export function printRow({ title, measured, floor, likeness, targets }: Row): void {
  const lines = [
    `\n${title}`,
    columns('way', ['picture', 'wall s', 'cpu s', 'MB', '× ours', 'rounds']),
    ...fastestFirst(measured).map((one) => wayLine(one, measured)),
    ...(floor === undefined ? [] : [columns('(the floor)', ['', floor.wallS.toFixed(3)])]),
    ...(likeness === undefined ? [] : [`  ours against the frames on screen: ${describeLikeness(likeness)}`]),
    ...targets.map(({ what, figure, limit, met }) => `  ${met ? 'met   ' : 'MISSED'} ${what}: ${figure} (≤ ${limit})`),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

function wayLine(one: Measured, all: readonly Measured[]): string {
  if (one.wallS === undefined) return columns(one.way, [one.shows, one.leftOut ?? ''])
  const figures = [one.wallS.toFixed(3), one.cpuS?.toFixed(2) ?? '', peakMb(one), timesOurs(one, all), `${one.rounds}`]
  return columns(one.way, [one.shows, ...figures])
}

function columns(name: string, rest: readonly string[]): string {
  return `  ${name.padEnd(49)}${rest.map((text) => ` ${text}`.padStart(11)).join('')}`
}

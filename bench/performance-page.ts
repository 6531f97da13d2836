import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { savedRows, type SavedRow } from './capture/capture-results'
import { describeLikeness, fastestFirst, type Measured, peakMb, timesOurs } from './capture/row'
import { root, savedResults } from './results-files'

const page = join(root, 'docs', 'performance.md')

const tableResults = z.object({
  machine: z.record(z.string(), z.union([z.string(), z.number()])),
  rows: z.array(z.object({ what: z.string(), figure: z.string(), target: z.string(), met: z.boolean() })),
})

/** Writes what was measured last between the marks of docs/performance.md. @throws Error when a mark is missing */
export function writePerformancePage(): void {
  const rows = savedRows()
  const figures: Readonly<Record<string, string>> = {
    targets: targetsTable(rows),
    circumstances: circumstancesList(rows),
    capture: rows.map(rowSection).join('\n\n'),
    flow: resultsTable('flow'),
    against: resultsTable('against'),
    door: resultsTable('door'),
    rows: resultsTable('rows'),
    upload: resultsTable('upload'),
    steady: resultsTable('steady'),
  }
  const written = Object.entries(figures).reduce(
    (text, [name, content]) => {
      const [start, end] = [`<!-- figures: ${name} -->`, `<!-- end of ${name} -->`]
      const [from, to] = [text.indexOf(start), text.indexOf(end)]
      if (from < 0 || to < from) throw new Error(`docs/performance.md has no place for ${name}.`)
      return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`
    },
    readFileSync(page, 'utf8'),
  )
  writeFileSync(page, written)
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function targetsTable(rows: readonly SavedRow[]): string {
  const lines = rows.flatMap(({ title, targets }) =>
    targets.map(({ what, figure, limit, met }) => [
      title,
      what,
      String(figure),
      `≤ ${limit}`,
      met ? 'met' : '**missed**',
    ]),
  )
  return table(['Case', 'What', 'Figure', 'Target', ''], lines)
}

/** Cases that were measured alike are told of together. */
function circumstancesList(rows: readonly SavedRow[]): string {
  const told = rows.map(({ machine, ffmpeg, commit }) => `${describe(machine)}, ffmpeg ${ffmpeg}, commit ${commit}`)
  const alike = (what: string): number => told.filter((other) => other === what).length
  return [...new Set(told)].map((what) => `- ${alike(what)} of ${rows.length} cases: ${what}.`).join('\n')
}

function describe(machine: Readonly<Record<string, string | number>>): string {
  const { cpu = '', cores = '', memoryGb = '', kernel = '', node = '' } = machine
  return `${cpu}, ${cores} cores, ${memoryGb} GB, Linux ${kernel}, Node ${node}`
}

function rowSection({ title, measured, floor, likeness }: SavedRow): string {
  const remarks = [
    ...(floor === undefined ? [] : [floorRemark(floor)]),
    ...(likeness === undefined ? [] : [`Ours against the frames on screen: ${describeLikeness(likeness)}.`]),
  ]
  const head = ['Way', 'Picture', 'Wall s', 'CPU s', 'Peak MB', '× ours', 'Rounds']
  const ways = table(
    head,
    fastestFirst(measured).map((one) => wayLine(one, measured)),
  )
  return [`#### ${title}`, ways, ...(remarks.length === 0 ? [] : [remarks.join(' ')])].join('\n\n')
}

function floorRemark(floor: NonNullable<SavedRow['floor']>): string {
  const { wallS, referredFrames, referredFrameS, otherFrames, anyFrameS, pictures, pictureS, startS } = floor
  const frames = `${referredFrames} frames of ${ms(referredFrameS)}, ${otherFrames} of ${ms(anyFrameS)}`
  return `The floor is ${wallS.toFixed(3)} s: ${frames}, ${pictures} pictures of ${ms(pictureS)}, a start of ${ms(startS)}.`
}

function wayLine(one: Measured, all: readonly Measured[]): readonly string[] {
  const name = one.of === 'ours' ? `**${one.way}**` : one.way
  if (one.wallS === undefined) return [name, one.shows, one.leftOut ?? '', '', '', '', '0']
  const figures = [one.wallS.toFixed(3), one.cpuS?.toFixed(2) ?? '', peakMb(one), timesOurs(one, all), `${one.rounds}`]
  return [name, one.shows, ...figures]
}

function ms(seconds: number): string {
  return `${(seconds * 1_000).toFixed(2)} ms`
}

function resultsTable(name: string): string {
  const { machine, rows } = tableResults.parse(savedResults(name))
  const lines = rows.map(({ what, figure, target, met }) => [what, figure, target, met ? 'met' : '**missed**'])
  return `On ${describe(machine)}.\n\n${table(['What', 'Figure', 'Target', ''], lines)}`
}

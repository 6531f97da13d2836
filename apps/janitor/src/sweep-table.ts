import type { Swept } from '@libs/workflow'

type Totals = ReadonlyMap<Swept['of'], Omit<Swept, 'of'>>

const names: Readonly<Record<Swept['of'], string>> = {
  results: 'results (sets of pictures)',
  sources: 'sources (files of media)',
  events: 'events',
  media: 'deleted media',
  runs: 'runs with their tasks',
  orphans: 'files without a row',
}

const holdsFiles: ReadonlySet<Swept['of']> = new Set(['results', 'sources', 'orphans'])

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** Sums sweeps up, one after the other, by what they have swept. */
export async function totalsOf(sweeps: readonly AsyncIterable<Swept>[]): Promise<Totals> {
  const totals = new Map<Swept['of'], Omit<Swept, 'of'>>()
  for (const sweep of sweeps) {
    for await (const { of, rows, bytes } of sweep) {
      const before = totals.get(of) ?? { rows: 0, bytes: 0 }
      totals.set(of, { rows: before.rows + rows, bytes: before.bytes + bytes })
    }
  }
  return totals
}

/** A line for each; what no rule is about is kept. */
export function tableOf(totals: Totals, isDry: boolean): string {
  const lines = Object.entries(names).map(([of, name]) => lineOf(name, of as Swept['of'], totals))
  const head = ['', isDry ? 'would be removed' : 'removed', 'bytes'] as const
  const widths = [0, 1, 2].map((column) => Math.max(...[head, ...lines].map((line) => (line[column] ?? '').length)))
  return [head, ...lines]
    .map(([name, rows, bytes]) =>
      [name.padEnd(widths[0] ?? 0), rows.padStart(widths[1] ?? 0), bytes.padStart(widths[2] ?? 0)].join('  '),
    )
    .join('\n')
}

function lineOf(name: string, of: Swept['of'], totals: Totals): readonly [string, string, string] {
  const found = totals.get(of)
  if (found === undefined) return [name, 'kept', '']
  return [name, String(found.rows), holdsFiles.has(of) ? sizeOf(found.bytes) : '']
}

function sizeOf(bytes: number): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  return `${power === 0 ? bytes : (bytes / 1_000 ** power).toFixed(1)} ${units[power] ?? ''}`
}

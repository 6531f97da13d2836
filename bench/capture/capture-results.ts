import { z } from 'zod'
import { savedResults, saveResults } from '../results-files'
import { type Row, row } from './row'

/** What has to be known of a row to read its figures. */
const circumstances = z.object({
  machine: z.record(z.string(), z.union([z.string(), z.number()])),
  ffmpeg: z.string(),
  commit: z.string(),
})
export type Circumstances = z.infer<typeof circumstances>

const captureResults = z.object({ rows: z.array(row.extend(circumstances.shape)) })
export type SavedRow = z.infer<typeof captureResults>['rows'][number]

const fileName = 'capture'

/** @returns the rows that were measured last, each in its circumstances */
export function savedRows(): readonly SavedRow[] {
  const saved = savedResults(fileName)
  return saved === undefined ? [] : captureResults.parse(saved).rows
}

/** Keeps a row in the place of the one of the same name. */
export function saveRow(measured: Row, made: Circumstances): void {
  const saved = { ...measured, ...made }
  const others = savedRows()
  const isKnown = others.some(({ name }) => name === measured.name)
  const rows = isKnown ? others.map((one) => (one.name === measured.name ? saved : one)) : [...others, saved]
  saveResults(fileName, { rows })
}

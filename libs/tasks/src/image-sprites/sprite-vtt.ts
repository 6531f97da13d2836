import type { ImageSpritesPlan, PlannedCell } from './image-sprites.plan'

/**
 * The WebVTT file that maps every moment to its cell: contiguous cues from 0 to the duration, each with the sheet's
 * relative name and `#xywh=` (W3C Media Fragments, in whole pixels), or with the name of the cell's own file.
 * WebVTT counts milliseconds, so a cell in which no whole millisecond begins has no cue.
 * @param names one relative file name per sheet of the plan, or where it makes none, per cell
 */
export function writeSpriteVtt(plan: ImageSpritesPlan, names: readonly string[]): string {
  const cells = plan.delivers.sheets
    ? plan.sheets.flatMap((sheet, index) =>
        sheet.cells.map((cell) => cueOf(cell, `${names[index] ?? ''}${regionOf(cell, plan)}`)),
      )
    : plan.sheets.flatMap((sheet) => sheet.cells).map((cell, index) => cueOf(cell, names[index] ?? ''))
  const [first, ...later] = cells
  // What comes before a series shows its first picture.
  const shown = first === undefined ? [] : [{ ...first, startMs: 0 }, ...later]
  const endMs = Math.max(1, Math.round(plan.media.durationMs))
  const cues = shown.flatMap(({ startMs, target }, index) => {
    const nextMs = shown[index + 1]?.startMs ?? endMs
    return nextMs > startMs ? [`${formatTime(startMs)} --> ${formatTime(nextMs)}\n${target}\n`] : []
  })
  return ['WEBVTT\n', ...cues].join('\n')
}

function cueOf({ atMs }: PlannedCell, target: string) {
  return { startMs: Math.round(atMs), target }
}

function regionOf({ leftPx, topPx }: PlannedCell, { cell: { widthPx, heightPx } }: ImageSpritesPlan): string {
  return `#xywh=${leftPx},${topPx},${widthPx},${heightPx}`
}

function formatTime(atMs: number): string {
  const hours = String(Math.floor(atMs / 3_600_000)).padStart(2, '0')
  const minutes = String(Math.floor(atMs / 60_000) % 60).padStart(2, '0')
  const seconds = String(Math.floor(atMs / 1000) % 60).padStart(2, '0')
  return `${hours}:${minutes}:${seconds}.${String(atMs % 1000).padStart(3, '0')}`
}

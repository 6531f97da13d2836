import type { ImageSpritesPlan } from './image-sprites.plan'

/**
 * The WebVTT file that maps every moment to its cell: contiguous cues from 0 to the duration, each with the sheet's
 * relative name and `#xywh=` (W3C Media Fragments, in whole pixels).
 * WebVTT counts milliseconds, so a cell in which no whole millisecond begins has no cue.
 * @param sheetNames one relative file name per sheet of the plan
 */
export function writeSpriteVtt(plan: ImageSpritesPlan, sheetNames: readonly string[]): string {
  const { widthPx, heightPx } = plan.cell
  const cells = plan.sheets.flatMap((sheet, index) =>
    sheet.cells.map((cell) => ({
      startMs: Math.round(cell.atMs),
      target: `${sheetNames[index] ?? ''}#xywh=${cell.leftPx},${cell.topPx},${widthPx},${heightPx}`,
    })),
  )
  const endMs = Math.max(1, Math.round(plan.media.durationMs))
  const cues = cells.flatMap(({ startMs, target }, index) => {
    const nextMs = cells[index + 1]?.startMs ?? endMs
    return nextMs > startMs ? [`${formatTime(startMs)} --> ${formatTime(nextMs)}\n${target}\n`] : []
  })
  return ['WEBVTT\n', ...cues].join('\n')
}

function formatTime(atMs: number): string {
  const hours = String(Math.floor(atMs / 3_600_000)).padStart(2, '0')
  const minutes = String(Math.floor(atMs / 60_000) % 60).padStart(2, '0')
  const seconds = String(Math.floor(atMs / 1000) % 60).padStart(2, '0')
  return `${hours}:${minutes}:${seconds}.${String(atMs % 1000).padStart(3, '0')}`
}

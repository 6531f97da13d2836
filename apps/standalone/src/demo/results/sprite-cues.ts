import { DemoFailure } from '../demo-failure'

/** One cell of a sprite sheet and the span of the video it stands for. */
export interface SpriteCue {
  readonly startMs: number
  readonly endMs: number
  /** The sheet's file name, beside the VTT file. */
  readonly sheet: string
  readonly xPx: number
  readonly yPx: number
  readonly widthPx: number
  readonly heightPx: number
}

const cuePattern = /^([\d:.]+) --> ([\d:.]+)\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)$/

/** Reads the WebVTT of a sprite. @throws DemoFailure `badFile` when it is not one, or its cues leave a gap or overlap */
export function parseSpriteCues(vtt: string): SpriteCue[] {
  const [header, ...blocks] = vtt.trim().split(/\n{2,}/)
  if (header?.startsWith('WEBVTT') !== true) throw new DemoFailure('badFile', 'The VTT file has no WEBVTT header.')
  const cues = blocks.map(parseCue)
  cues.reduce((endMs, cue) => {
    if (cue.startMs === endMs && cue.endMs > cue.startMs) return cue.endMs
    throw new DemoFailure(
      'badFile',
      `The VTT's cue at ${cue.startMs} ms does not follow on the one before, which ends at ${endMs} ms.`,
    )
  }, 0)
  return cues
}

function parseCue(block: string): SpriteCue {
  const [, start, end, sheet, x, y, width, height] = cuePattern.exec(block) ?? []
  if (start === undefined || end === undefined || sheet === undefined) {
    throw new DemoFailure('badFile', `This is no cue of a sprite: ${block}`)
  }
  return {
    startMs: toMs(start),
    endMs: toMs(end),
    sheet,
    xPx: Number(x),
    yPx: Number(y),
    widthPx: Number(width),
    heightPx: Number(height),
  }
}

/** `01:02:03.500` → 3723500 */
function toMs(time: string): number {
  const seconds = time.split(':').reduce((total, part) => total * 60 + Number(part), 0)
  return Math.round(seconds * 1000)
}

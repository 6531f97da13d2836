import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExecutionContext } from '../kind'
import type { SourceFile } from '../ports/source-file.port'
import type { BlackFrames } from './picture'
import type { StillsPlan } from './plan-stills'
import { sizePicture } from './size-picture'

/** Alibaba Cloud, "BlackLevel": the first five seconds are looked at. */
const openingMs = 5000
const stepMs = 100
/** Wide enough to tell how much of a picture is dark. */
const lookWidthPx = 160

/**
 * When the opening of a media is no longer black, looked at every tenth of a second.
 * @returns milliseconds from the first shown frame; 0 where it is not black, or black for all of five seconds
 */
export async function passBlackOpening(
  plan: StillsPlan,
  black: BlackFrames,
  source: SourceFile,
  context: ExecutionContext,
  signal: AbortSignal,
): Promise<number> {
  const { durationMs } = plan.media
  const steps = Math.floor(Math.min(openingMs, durationMs) / stepMs)
  const later = Array.from({ length: steps }, (_, step) => (step + 1) * stepMs)
  const look = { plan, black, source }
  const first = await firstNotBlack([0], look, context, signal)
  return first ?? (await firstNotBlack(later, look, context, signal)) ?? 0
}

interface Look {
  readonly plan: StillsPlan
  readonly black: BlackFrames
  readonly source: SourceFile
}

async function firstNotBlack(
  atMs: readonly number[],
  { plan: { media, accuracy }, black: { sharePercent, belowLevel }, source }: Look,
  { place, tools }: ExecutionContext,
  signal: AbortSignal,
): Promise<number | undefined> {
  const folder = await mkdtemp(join(place.workspace, 'opening-'))
  const size = { widthPx: lookWidthPx, heightPx: 0, resolutionAdaptive: false, fill: 'stretch' } as const
  const geometry = sizePicture(size, media)
  const encoding = { format: 'png', quality: 100, chroma: '444' } as const
  const frames = await tools.grabber.grab({ source, media, atMs, geometry, encoding, accuracy, folder }, signal)
  let found: number | undefined
  for (const frame of frames) {
    if ((await tools.composer.darkPercent(frame.path, belowLevel)) >= sharePercent) continue
    found = frame.atMs
    break
  }
  await rm(folder, { recursive: true })
  return found
}

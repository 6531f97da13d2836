import type { MediaInfo, SourceFile } from '@libs/tasks'
import { slackMs, ticksToMs } from '../timeline/frame-index'
import type { ExcerptFile } from './excerpts'
import { MatroskaFile } from './matroska/matroska-file'
import { Mp4Excerpts } from './mp4/mp4-excerpts'
import type { TrackTable } from './mp4/read-track'

/** For the single frame of a video that says no rate. */
const assumedFramesPerSecond = 25

/**
 * Opens a file for excerpts, if it is one whose own tables tell the same timeline as its probe, which decoded the first
 * frame and listed the last packets.
 * @returns undefined when ffmpeg itself had better seek in it
 */
export async function openExcerpts(
  source: SourceFile,
  media: MediaInfo,
  signal: AbortSignal,
): Promise<ExcerptFile | undefined> {
  const containers = media.container.split(',')
  if (containers.includes('mp4')) return openMp4(source, media, signal)
  // WebM keeps transparency beside the samples, where an excerpt would leave it.
  if (!containers.includes('matroska') || media.pixels?.alpha === true) return undefined
  return MatroskaFile.open(source, media, signal)
}

async function openMp4(source: SourceFile, media: MediaInfo, signal: AbortSignal): Promise<ExcerptFile | undefined> {
  const excerpts = await Mp4Excerpts.open(source, media, signal)
  return excerpts !== undefined && agrees(excerpts.table, media) ? { around: async () => excerpts } : undefined
}

function agrees({ startMs, endTicks, timeBase }: TrackTable, media: MediaInfo): boolean {
  const rate = media.videoStreams.find(({ index }) => index === media.pictureStreamIndex)?.framesPerSecond ?? 0
  const frameMs = 1000 / (rate || assumedFramesPerSecond)
  const lengthMs = ticksToMs(endTicks, timeBase) - startMs
  return Math.abs(startMs - media.startMs) <= 2 * slackMs && Math.abs(lengthMs - media.durationMs) <= frameMs
}

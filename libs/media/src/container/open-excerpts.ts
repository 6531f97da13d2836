import type { MediaInfo, SourceFile } from '@libs/tasks'
import { slackMs, ticksToMs } from '../timeline/frame-index'
import type { Excerpts } from './excerpts'
import { Mp4Excerpts } from './mp4/mp4-excerpts'
import type { SampleTable } from './sample-table'

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
): Promise<Excerpts | undefined> {
  if (!media.container.split(',').includes('mp4')) return undefined
  const excerpts = await Mp4Excerpts.open(source, media, signal)
  return excerpts !== undefined && agrees(excerpts.table, media) ? excerpts : undefined
}

function agrees(table: SampleTable, media: MediaInfo): boolean {
  const rate = media.videoStreams.find(({ index }) => index === media.pictureStreamIndex)?.framesPerSecond ?? 0
  const frameMs = 1000 / (rate || assumedFramesPerSecond)
  const lengthMs = ticksToMs(table.endTicks, table.timeBase) - table.startMs
  return Math.abs(table.startMs - media.startMs) <= 2 * slackMs && Math.abs(lengthMs - media.durationMs) <= frameMs
}

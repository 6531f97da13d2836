import { lstat } from 'node:fs/promises'
import { AppError } from '@libs/kernel'
import { MediaProber } from '@libs/tasks'
import type { MediaInfo } from '@libs/tasks'
import type { MediaTools } from '../confinement/open-media-tools'
import { describeArgs, firstFramesArgs } from './args/probe-args'
import { choosePictureStream } from './probe/choose-picture-stream'
import { containerReport, framesReport } from './probe/ffprobe-report'
import type { ContainerReport, ReportedFrame } from './probe/ffprobe-report'
import { readMediaInfo } from './probe/read-media-info'
import { readSpan } from './probe/read-span'
import { refuseAbsurd } from './probe/refuse-absurd'
import { runFfprobe } from './run-ffprobe'
import { PacketLister } from './timeline/packet-lister'
import type { PictureStream } from './args/picture-stream'

/** Enough for any reordering; then enough for an edit list or a cut that hides a whole group of pictures. */
const firstPacketCounts = [48, 1500] as const

/** Believes packets and decoded frames rather than headers. Reads a few seconds of the file, unless its end is unclear. */
export class FfmpegMediaProber extends MediaProber {
  private readonly lister: PacketLister

  constructor(private readonly tools: MediaTools) {
    super()
    this.lister = new PacketLister(tools)
  }

  override async probe(path: string, signal: AbortSignal): Promise<MediaInfo> {
    const file = await lstat(path)
    if (!file.isFile()) throw new AppError('media.notMedia', 'There is something else than a file.')
    if (file.size === 0) throw new AppError('media.empty', 'The file is empty.')
    const report = await this.describe(path, signal)
    const chosen = choosePictureStream(report)
    const stream = { path, index: chosen.index }
    const frame = await this.firstFrame(stream, signal)
    const span = await readSpan(this.lister, stream, { format: report.format, chosen, frame }, signal)
    return refuseAbsurd(readMediaInfo(report, chosen, frame, span))
  }

  private async describe(path: string, signal: AbortSignal): Promise<ContainerReport> {
    const { succeeded, stdout, stderr } = await runFfprobe(this.tools, describeArgs(path), path, signal)
    if (!succeeded) refuse(stderr)
    return containerReport.parse(JSON.parse(stdout))
  }

  /** The frame that the timeline starts at: what comes before it in the file cannot be decoded or is not shown. */
  private async firstFrame({ path, index }: PictureStream, signal: AbortSignal): Promise<ReportedFrame> {
    let log = ''
    for (const packetCount of firstPacketCounts) {
      const args = firstFramesArgs(path, index, packetCount)
      const { stdout, stderr } = await runFfprobe(this.tools, args, path, signal)
      const [frame] = stdout === '' ? [] : framesReport.parse(JSON.parse(stdout)).frames
      if (frame !== undefined) return frame
      log = stderr
    }
    return refuse(log)
  }
}

/** ffprobe says in words alone that it knew the file but was not allowed to open it. */
function refuse(stderr: string): never {
  if (stderr.includes('not on whitelist')) {
    throw new AppError('media.unsupported', 'The file is of a kind that no pictures are taken from.')
  }
  throw new AppError('media.malformed', 'The file is damaged or not a media file.')
}

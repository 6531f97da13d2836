import { lstat } from 'node:fs/promises'
import { AppError } from '@libs/kernel'
import { MediaProber } from '@libs/tasks'
import type { MediaInfo } from '@libs/tasks'
import type { MediaTools } from '../confinement/open-media-tools'
import { describeArgs, firstFramesArgs } from './args/probe-args'
import { choosePictureStream } from './probe/choose-picture-stream'
import { containerReport, framesReport } from './probe/ffprobe-report'
import type { ContainerReport, ReportedFrame } from './probe/ffprobe-report'
import { isEncrypted } from './probe/is-encrypted'
import { judgeUnreadable } from './probe/judge-unreadable'
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
    if (
      report.format.format_name.includes('mp4') &&
      (await isEncrypted({ path, index: chosen.index }, file.size, signal))
    ) {
      throw new AppError('media.encrypted', 'The video is encrypted.')
    }
    const stream = { path, index: chosen.index }
    const frame = await this.firstFrame(stream, signal)
    const span = await readSpan(this.lister, stream, { format: report.format, chosen, frame }, signal)
    return refuseAbsurd(readMediaInfo(report, chosen, frame, span))
  }

  private async describe(path: string, signal: AbortSignal): Promise<ContainerReport> {
    const { succeeded, stdout, stderr } = await runFfprobe(this.tools, describeArgs(path), path, signal)
    // ffprobe says in words alone that it knew the file but was not allowed to open it, or forgot a size that is too large.
    if (!succeeded) throw await judgeUnreadable(path, { isKnown: stderr.includes('not on whitelist') })
    const forgotSize = stderr.includes('exceeds specified max pixel count')
    return containerReport.parse({ ...parsed(stdout), forgotSize })
  }

  /** The frame that the timeline starts at: what comes before it in the file cannot be decoded or is not shown. */
  private async firstFrame({ path, index }: PictureStream, signal: AbortSignal): Promise<ReportedFrame> {
    for (const packetCount of firstPacketCounts) {
      const args = firstFramesArgs(path, index, packetCount)
      const { stdout } = await runFfprobe(this.tools, args, path, signal)
      const [frame] = stdout === '' ? [] : framesReport.parse(JSON.parse(stdout)).frames
      if (frame !== undefined) return frame
    }
    throw await judgeUnreadable(path, { isKnown: false })
  }
}

function parsed(stdout: string): object {
  return JSON.parse(stdout) as object
}

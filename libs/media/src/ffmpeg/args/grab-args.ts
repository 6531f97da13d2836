import type { EncodedFormat } from './picture-filter'
import { fileUrl, untrustedInputArgs } from './untrusted-input'

/** One stretch of decoding: where to seek, and the frames to take on the way. */
export interface DecodeRun {
  /** Seconds of the file's own clock, at or just after a keyframe; absent: from the file's start. */
  readonly seekS?: number
  /** Presentation times in ticks of the stream's time base, rising, without repeats. */
  readonly ptsTicks: readonly number[]
}

export interface GrabStyle {
  readonly path: string
  readonly streamIndex: number
  /** Filters from a decoded frame to the picture. */
  readonly pictureFilter: string
  readonly format: EncodedFormat
  /** Folder of the pictures; their names are `<pts>.<format>`, so that every file says which frame it is. */
  readonly folder: string
  readonly threads: number
  /** True: the process fails at the first damage. */
  readonly strict: boolean
}

export interface FfmpegInput {
  readonly url: string
  readonly options: readonly string[]
}

export interface FfmpegOutput {
  readonly target: string
  readonly options: readonly string[]
}

export interface FfmpegCommand {
  readonly inputs: readonly FfmpegInput[]
  readonly outputs: readonly FfmpegOutput[]
}

/** One process that takes the frames of several runs: an input and an output for each. */
export function grabCommand(runs: readonly DecodeRun[], style: GrabStyle): FfmpegCommand {
  return {
    inputs: runs.map((run, index) => ({ url: fileUrl(style.path), options: inputArgs(run, style, index === 0) })),
    outputs: runs.map((run, index) => ({
      target: picturePattern(style.folder, style.format),
      options: outputArgs(run, style, index),
    })),
  }
}

/** Where the picture of a frame is found. */
export function pictureName(ptsTicks: number, format: EncodedFormat): string {
  return `${ptsTicks}.${format}`
}

function picturePattern(folder: string, format: EncodedFormat): string {
  return `${folder.replaceAll('%', '%%')}/%d.${format}`
}

function inputArgs({ seekS }: DecodeRun, { threads, strict }: GrabStyle, first: boolean): readonly string[] {
  const global = ['-nostdin', '-v', 'warning', '-max_alloc', '1073741824', '-filter_threads', '1', '-copyts']
  return [
    ...(first ? [...global, ...(strict ? ['-xerror'] : [])] : []),
    ...untrustedInputArgs(),
    ...['-threads', String(threads)],
    // The seek ends on the keyframe before; ffmpeg must not drop what it decodes from there, `select` does.
    ...(seekS === undefined ? [] : ['-noaccurate_seek', '-seek_timestamp', '1', '-ss', seekS.toFixed(6)]),
  ]
}

function outputArgs({ ptsTicks }: DecodeRun, style: GrabStyle, input: number): readonly string[] {
  return [
    ...['-map', `${input}:${style.streamIndex}`, '-an', '-sn', '-dn', '-map_metadata', '-1'],
    ...['-vf', `${takeFrames(ptsTicks)},${style.pictureFilter}`],
    ...['-fps_mode', 'passthrough', '-enc_time_base', '-1', '-frames:v', String(ptsTicks.length)],
    ...(style.format === 'jpg' ? ['-c:v', 'mjpeg', '-q:v', '2', '-huffman', 'optimal'] : ['-c:v', 'png']),
    ...['-f', 'image2', '-frame_pts', '1'],
  ]
}

/** `trim` ends the run at the first frame after the last wanted one, also when that one never comes. */
function takeFrames(ptsTicks: readonly number[]): string {
  const last = ptsTicks.at(-1) ?? 0
  return `trim=end_pts=${last + 1},select='${ptsTicks.map((pts) => `eq(pts,${pts})`).join('+')}'`
}

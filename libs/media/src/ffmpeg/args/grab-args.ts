import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import type { DecodeRun } from '../../planning/plan-runs'
import type { EncodedFormat } from './picture-filter'
import type { PictureStream } from './picture-stream'
import { fileUrl, untrustedInputArgs } from './untrusted-input'

export interface PictureStyle {
  /** Filters from a decoded frame to the picture. */
  readonly pictureFilter: string
  readonly format: EncodedFormat
  /** Tokens for the picture's encoder. */
  readonly encoderArgs: readonly string[]
  /** Folder of the pictures; their names are `<pts>.<format>`, so that every file says which frame it is. */
  readonly folder: string
}

export interface Care {
  readonly threads: number
  /** True: the process fails at the first damage. */
  readonly strict: boolean
}

export interface FfmpegInput {
  readonly source: string | Readable
  readonly options: readonly string[]
}

export interface FfmpegOutput {
  readonly target: string
  readonly options: readonly string[]
}

export interface FfmpegCommand {
  /** The one file that it reads; absent where its input is a stream. */
  readonly reads?: string
  /** The one folder that it writes in. */
  readonly writes?: string
  readonly inputs: readonly FfmpegInput[]
  readonly outputs: readonly FfmpegOutput[]
}

/** One process that takes the frames of several runs through a file: an input and an output for each. */
export function seekCommand(
  runs: readonly DecodeRun[],
  { path, index, decoder }: PictureStream,
  style: PictureStyle,
  care: Care,
): FfmpegCommand {
  return {
    reads: path,
    writes: style.folder,
    inputs: runs.map(({ seekS }, run) => ({
      source: fileUrl(path),
      options: [
        ...(run === 0 ? globalArgs(care) : []),
        ...untrustedInputArgs('file'),
        ...['-threads', String(care.threads), '-noautorotate'],
        ...(decoder === undefined ? [] : [`-c:${index}`, decoder]),
        ...seekArgs(seekS),
      ],
    })),
    outputs: runs.map(({ ptsTicks }, run) =>
      output(`${run}:${index}`, takeFrames(ptsTicks, 0), ptsTicks.length, style),
    ),
  }
}

/**
 * One process that copies a stretch of a stream, times kept, into a transport stream that begins at a keyframe.
 * @param packets how many, at most
 */
export function cutCommand(
  { seekS }: Pick<DecodeRun, 'seekS'>,
  { path, index }: PictureStream,
  cut: { readonly path: string; readonly packets: number },
): FfmpegCommand {
  const care = { threads: 1, strict: false }
  const options = [...globalArgs(care), ...untrustedInputArgs('file'), ...seekArgs(seekS)]
  const copied = ['-map', `0:${index}`, '-c', 'copy', '-frames:v', String(cut.packets), '-muxdelay', '0']
  return {
    reads: path,
    writes: dirname(cut.path),
    inputs: [{ source: fileUrl(path), options }],
    outputs: [{ target: fileUrl(cut.path), options: [...copied, '-f', 'mpegts', '-mpegts_copyts', '1'] }],
  }
}

/**
 * One process that takes frames out of an excerpt given on its standard input.
 * @param shiftTicks what the excerpt adds to presentation times
 */
export function excerptCommand(
  { stream, format, shiftTicks }: { readonly stream: Readable; readonly format: string; readonly shiftTicks: number },
  ptsTicks: readonly number[],
  style: PictureStyle,
  care: Care,
): FfmpegCommand {
  const options = [
    ...globalArgs(care),
    ...untrustedInputArgs('pipe'),
    ...['-threads', String(care.threads), '-noautorotate'],
    // The head of the excerpt says all there is to know. Where the video itself does not say how many pictures it
    // reorders, only `-strict 1` has the decoder wait for all that it may.
    ...['-nofind_stream_info', '-strict', '1', '-f', format],
  ]
  return {
    writes: style.folder,
    inputs: [{ source: stream, options }],
    outputs: [output('0:0', takeFrames(ptsTicks, shiftTicks), ptsTicks.length, style)],
  }
}

/** Where the picture of a frame is found. */
export function pictureName(ptsTicks: number, format: EncodedFormat): string {
  return `${ptsTicks}.${format}`
}

/** The seek ends on the keyframe before; ffmpeg must not drop what it decodes from there, `select` does. */
function seekArgs(seekS: number | undefined): readonly string[] {
  return seekS === undefined ? [] : ['-noaccurate_seek', '-seek_timestamp', '1', '-ss', seekS.toFixed(6)]
}

function globalArgs({ strict }: Care): readonly string[] {
  const always = [
    ...['-nostdin', '-hide_banner', '-nostats', '-v', 'level+info', '-max_alloc', '1073741824'],
    ...['-filter_threads', '1', '-copyts'],
  ]
  return strict ? [...always, '-xerror'] : always
}

function output(stream: string, frames: string, count: number, style: PictureStyle): FfmpegOutput {
  return {
    target: `${style.folder.replaceAll('%', '%%')}/%d.${style.format}`,
    options: [
      ...['-map', stream, '-an', '-sn', '-dn', '-map_metadata', '-1'],
      ...['-vf', `${frames},${style.pictureFilter}`],
      ...['-fps_mode', 'passthrough', '-enc_time_base', '-1', '-frames:v', String(count)],
      ...style.encoderArgs,
      ...['-f', 'image2', '-frame_pts', '1'],
    ],
  }
}

/** `trim` ends the run at the first frame after the last wanted one, also when that one never comes. */
function takeFrames(ptsTicks: readonly number[], shiftTicks: number): string {
  const last = (ptsTicks.at(-1) ?? 0) + shiftTicks
  const wanted = ptsTicks.map((pts) => `eq(pts,${pts + shiftTicks})`).join('+')
  const asInTheFile = shiftTicks === 0 ? '' : `,setpts=PTS-${shiftTicks}`
  return `trim=end_pts=${last + 1},select='${wanted}'${asInTheFile}`
}

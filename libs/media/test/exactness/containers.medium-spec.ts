import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { exactFramesContract, h264, makeFrameClock, setEdits, testMediaTools } from '@libs/testing'
import type { Edit, ExactnessCase } from '@libs/testing'

const run = promisify(execFile)
const ffmpeg = (...args: readonly string[]) => run(testMediaTools().ffmpegPath, ['-v', 'error', '-y', ...args])
const closed = h264({ gopFrames: 25 })
const open = h264({ gopFrames: 25, params: 'open-gop=1' })
const needs = ['libx264'] as const
const mpeg2 = ['-c:v', 'mpeg2video', '-q:v', '2', '-bf', '2', '-g', '12'] as const

function muxed(
  name: string,
  extension: string,
  muxer: readonly string[] = [],
  encoding: readonly string[] = closed,
): ExactnessCase {
  const make = (path: string) => makeFrameClock({ path, frames: 100, output: [...encoding, ...muxer] })
  return { name, extension, needs, make }
}

/** Makes the clip under another name first, for what only a second step can do. */
function remade(
  name: string,
  extension: string,
  again: (whole: string, path: string) => Promise<unknown>,
  encoding: readonly string[] = closed,
): ExactnessCase {
  const make = async (path: string) => {
    const whole = `${path}.whole.mp4`
    await makeFrameClock({ path: whole, frames: 100, output: encoding })
    await again(whole, path)
  }
  return { name, extension, needs, make }
}

/** The ticks of a clip of 25 Hz as ffmpeg writes it. */
const frame = 512

function edited(name: string, edits: readonly Edit[], encoding: readonly string[] = closed): ExactnessCase {
  const edit = async (whole: string, path: string) => writeFile(path, setEdits(await readFile(whole), edits))
  return remade(name, 'mp4', edit, encoding)
}

const fragments = ['-movflags', '+frag_keyframe+empty_moov'] as const

describe('mp4 and mov', () => {
  exactFramesContract([
    muxed('the index at the end', 'mp4'),
    muxed('the index at the start', 'mp4', ['-movflags', '+faststart']),
    muxed('QuickTime', 'mov'),
    muxed('fragments', 'mp4', fragments),
    muxed('fragments of open groups', 'mp4', fragments, open),
    muxed('fragments of two frames', 'mp4', ['-movflags', '+empty_moov+default_base_moof', '-frag_duration', '80000']),
    muxed('fragments of DASH', 'mp4', ['-movflags', '+frag_keyframe+delay_moov+dash']),
    muxed('negative composition offsets', 'mp4', ['-movflags', '+negative_cts_offsets']),
    muxed('no edit list', 'mp4', ['-use_editlist', '0']),
    muxed('an odd time scale', 'mp4', ['-video_track_timescale', '90001']),
    remade('a cut between keyframes', 'mp4', (whole, path) => ffmpeg('-ss', '1.5', '-i', whole, '-c', 'copy', path)),
    remade(
      'a cut between keyframes of open groups',
      'mp4',
      (whole, path) => ffmpeg('-ss', '1.5', '-i', whole, '-c', 'copy', path),
      open,
    ),
    remade('sound before the picture', 'mp4', (whole, path) =>
      ffmpeg(
        ...['-itsoffset', '0.7', '-i', whole, '-f', 'lavfi', '-i', 'sine=d=4', '-map', '0:v', '-map', '1:a'],
        ...['-c:v', 'copy'],
        path,
      ),
    ),
    edited('an empty edit first', [
      { durationMs: 500, mediaTicks: -1 },
      { durationMs: 3500, mediaTicks: 2 * frame },
    ]),
    edited('several edits with a cut between them', [
      { durationMs: 1000, mediaTicks: 2 * frame },
      { durationMs: 1500, mediaTicks: 52 * frame },
    ]),
    edited('several edits that start between keyframes', [
      { durationMs: 800, mediaTicks: 12 * frame },
      { durationMs: 1200, mediaTicks: 47 * frame },
      { durationMs: 400, mediaTicks: 85 * frame },
    ]),
  ])
})

describe('Matroska, Ogg, FLV and AVI', () => {
  exactFramesContract([
    muxed('Matroska', 'mkv'),
    muxed('Matroska of open groups', 'mkv', [], open),
    muxed('Matroska without an index', 'mkv', ['-live', '1']),
    muxed('FLV', 'flv'),
    muxed('H.264 in AVI', 'avi'),
    muxed('H.264 in AVI without B-frames', 'avi', ['-bf', '0']),
    { ...muxed('VP8 in Ogg', 'ogg', ['-c:v', 'libvpx', '-b:v', '2M', '-g', '20'], []), needs: ['libvpx'] },
    { ...muxed('Theora in Ogg', 'ogg', ['-c:v', 'libtheora', '-q:v', '9', '-g', '20'], []), needs: ['libtheora'] },
  ])
})

const hour = ['-output_ts_offset', '3600'] as const
/** The clock of MPEG has 33 bits of 90 kHz, and starts again after 26.5 hours. */
const nearWrap = ['-output_ts_offset', String(2 ** 33 / 90_000 - 2)] as const
/** Two transport streams, one after the other in one file. */
const joined = (first: readonly string[], second: readonly string[]): ExactnessCase['make'] =>
  async function join(path) {
    const parts = [`${path}.1.ts`, `${path}.2.ts`] as const
    await makeFrameClock({ path: parts[0], frames: 50, output: [...closed, ...first] })
    await makeFrameClock({ path: parts[1], frames: 50, firstNumber: 50, output: [...closed, ...second] })
    await writeFile(path, Buffer.concat(await Promise.all(parts.map((part) => readFile(part)))))
  }

describe('MPEG streams', () => {
  exactFramesContract([
    muxed('a transport stream', 'ts'),
    muxed('a transport stream that starts after an hour', 'ts', hour),
    muxed('a transport stream whose clock starts again', 'ts', nearWrap),
    muxed('a transport stream of Blu-ray', 'm2ts', ['-mpegts_m2ts_mode', '1']),
    muxed('a program stream', 'mpg', [], mpeg2),
    muxed('a program stream that starts after an hour', 'mpg', hour, mpeg2),
    muxed('a program stream of a DVD', 'vob', ['-b:v', '6M', '-maxrate', '6M', '-bufsize', '1835k'], mpeg2),
    { name: 'a transport stream that leaps ahead', extension: 'ts', needs, make: joined([], hour) },
    {
      name: 'a transport stream whose parts follow on',
      extension: 'ts',
      needs,
      make: joined([], ['-output_ts_offset', '2']),
    },
  ])
})

import { makeBox, makeFullBox } from './boxes'
import type { Mp4Track } from './read-track'

/** A sample of an excerpt, with the times it had in the file. */
export interface ExcerptSample {
  readonly dtsTicks: number
  readonly ptsTicks: number
  readonly keyframe: boolean
  readonly data: Buffer
}

const keyframeFlags = 0x0200_0000
const otherFlags = 0x0101_0000
/** trun: data offset, then duration, size, flags and composition offset of each sample (ISO 14496-12, section 8.8.8). */
const runFlags = 0x000f01
const trackFlags = 0x020000

/**
 * The head of a fragmented MP4 of one track: what the decoder and the player must know, and no sample.
 * The track's own boxes are taken over, but never its data references: those could name other files.
 */
export function writeExcerptHead({ header }: Mp4Track): Buffer {
  const trackId = trackIdOf(header.tkhd)
  const table = makeBox(
    'stbl',
    header.stsd,
    makeFullBox('stts', {}, 0),
    makeFullBox('stsc', {}, 0),
    makeFullBox('stsz', {}, 0, 0),
    makeFullBox('stco', {}, 0),
  )
  const ownFile = makeBox(
    'dinf',
    makeBox('dref', Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]), makeFullBox('url ', { flags: 1 })),
  )
  const video = makeFullBox('vmhd', { flags: 1 }, 0, 0)
  const media = makeBox('mdia', header.mdhd, header.hdlr, makeBox('minf', video, ownFile, table))
  return Buffer.concat([
    makeBox('ftyp', Buffer.from('isom\0\0\0\0isomiso6', 'latin1')),
    makeBox(
      'moov',
      movieHeader(),
      makeBox('trak', header.tkhd, media),
      makeBox('mvex', makeFullBox('trex', {}, trackId, 1, 0, 0, 0)),
    ),
  ])
}

/**
 * One fragment. No composition offset is written below zero, and no time either: both are read in more than one way.
 * @param samples in decoding order
 */
export function writeFragment(
  { header }: Mp4Track,
  samples: readonly ExcerptSample[],
  { sequence, clock }: { readonly sequence: number; readonly clock: ExcerptClock },
): readonly Buffer[] {
  const dts = samples.map(({ dtsTicks }) => dtsTicks - clock.dtsLeadTicks + clock.shiftTicks)
  const entries = samples.map(({ ptsTicks, keyframe, data }, index) => {
    const at = dts[index] ?? 0
    const flags = keyframe ? keyframeFlags : otherFlags
    return [(dts[index + 1] ?? at + 1) - at, data.length, flags, ptsTicks + clock.shiftTicks - at]
  })
  const fragment = (dataOffset: number): Buffer =>
    makeBox(
      'moof',
      makeFullBox('mfhd', {}, sequence),
      makeBox(
        'traf',
        makeFullBox('tfhd', { flags: trackFlags }, trackIdOf(header.tkhd)),
        makeFullBox('tfdt', { version: 1 }, ...wide(dts[0] ?? 0)),
        makeFullBox('trun', { version: 1, flags: runFlags }, samples.length, dataOffset, ...entries.flat()),
      ),
    )
  const dataHeader = Buffer.alloc(8)
  dataHeader.writeUInt32BE(8 + samples.reduce((size, { data }) => size + data.length, 0))
  dataHeader.write('mdat', 4, 'latin1')
  return [fragment(fragment(0).length + 8), dataHeader, ...samples.map(({ data }) => data)]
}

/** How the times of an excerpt differ from the file's. */
export interface ExcerptClock {
  /** Added to every time. */
  readonly shiftTicks: number
  /** How much earlier samples are decoded than the file says, so that none is after its presentation. */
  readonly dtsLeadTicks: number
}

export function excerptClockOf({ table: { dtsTicks, ptsTicks } }: Mp4Track): ExcerptClock {
  let dtsLeadTicks = 0
  for (let row = 0; row < dtsTicks.length; row += 1) {
    dtsLeadTicks = Math.max(dtsLeadTicks, (dtsTicks[row] ?? 0) - (ptsTicks[row] ?? 0))
  }
  return { dtsLeadTicks, shiftTicks: Math.max(0, dtsLeadTicks - (dtsTicks[0] ?? 0)) }
}

function wide(value: number): readonly [number, number] {
  return [Math.floor(value / 2 ** 32), value % 2 ** 32]
}

function trackIdOf(tkhd: Buffer): number {
  return tkhd.readUInt32BE(tkhd.readUInt8(8) === 1 ? 8 + 4 + 16 : 8 + 4 + 8)
}

function movieHeader(): Buffer {
  const words = [0, 0, 1000, 0, 0x10000, 0x0100_0000, 0, 0]
  const matrix = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000]
  return makeFullBox('mvhd', {}, ...words, ...matrix, 0, 0, 0, 0, 0, 0, 2)
}

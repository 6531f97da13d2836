import type { Offset } from '@libs/tasks'
import { z } from 'zod'
import { float, definition, oneOf } from '../protocol/fields'
import { accuracyShape, decodeAccuracy, encodeAccuracy } from './frame-accuracy.codec'
import type { KindCodec } from './kind-codec'
import { decodeWatermarks, encodeWatermarks, watermarkShape } from './watermarks/watermark-input.codec'

const input = z
  .strictObject({
    Definition: definition,
    PositionType: oneOf(['Time', 'Percent']),
    PositionValue: float.refine((value) => value >= 0, 'A position cannot be negative.'),
    ...watermarkShape,
    ...accuracyShape,
  })
  .refine(({ PositionType, PositionValue }) => PositionType === 'Time' || PositionValue <= 100, {
    path: ['PositionValue'],
    message: 'A position in percent is at most 100.',
  })
  .transform(({ Definition, PositionType, PositionValue, WatermarkSet, ...rest }) => {
    const position: Offset = { unit: PositionType === 'Time' ? 's' : 'percent', value: PositionValue }
    const request = { position, ...decodeWatermarks(WatermarkSet), ...decodeAccuracy(rest) }
    return { kind: 'coverBySnapshot' as const, definition: Definition, request }
  })

function encodePosition({ unit, value }: Offset) {
  switch (unit) {
    case 'percent':
      return { PositionType: 'Percent', PositionValue: value }
    case 's':
      return { PositionType: 'Time', PositionValue: value }
    case 'ms':
      return { PositionType: 'Time', PositionValue: value / 1000 }
  }
}

/** CoverBySnapshotTaskInput and CoverBySnapshotTaskOutput. PositionValue is seconds or percent, our `FramePts` ms. */
export const coverBySnapshotCodec: KindCodec<'coverBySnapshot'> = {
  set: 'CoverBySnapshotTaskSet',
  type: 'CoverBySnapshot',
  member: 'CoverBySnapshotTask',
  input,
  encode: ({ definition = 0, request }) => ({
    Definition: definition,
    ...encodePosition(request.position),
    ...encodeWatermarks(request),
    ...encodeAccuracy(request),
  }),
  output: ({ output: { cover } }, urls) => ({ CoverUrl: urls.urlOf(cover.artifact.key), FramePts: cover.ptsMs }),
}

import { formatOffset, type Offset, parseOffset } from '@libs/tasks'
import { z } from 'zod'
import { float, definition, listOf, string } from '../protocol/fields'
import { accuracyShape, decodeAccuracy, encodeAccuracy } from './frame-accuracy.codec'
import type { KindCodec } from './kind-codec'
import {
  decodeWatermarks,
  drawnDefinitions,
  encodeWatermarks,
  watermarkShape,
} from './watermarks/watermark-input.codec'

const mostOffsets = 10_000

const writtenOffset = string(64).transform((text, context): Offset => {
  const offset = parseOffset(text)
  if (offset !== undefined) return offset
  context.addIssue({ code: 'custom', message: `"${text}" is not an offset such as "3.5s" or "10%".` })
  return z.NEVER
})

const offsetInMs = float
  .refine((value) => value >= 0, 'An offset cannot be negative.')
  .transform((value): Offset => ({ unit: 'ms', value }))

const input = z
  .strictObject({
    Definition: definition,
    ExtTimeOffsetSet: listOf(writtenOffset, mostOffsets).default([]),
    TimeOffsetSet: listOf(offsetInMs, mostOffsets).default([]),
    ...watermarkShape,
    ...accuracyShape,
  })
  .transform(({ Definition, ExtTimeOffsetSet, TimeOffsetSet, WatermarkSet, ...rest }, context) => {
    const offsets = [...ExtTimeOffsetSet, ...TimeOffsetSet]
    if (offsets.length === 0) {
      const params = { code: 'request.missingParameter' }
      context.addIssue({
        code: 'custom',
        path: ['ExtTimeOffsetSet'],
        params,
        message: 'At least one offset is needed.',
      })
    }
    const request = { offsets, ...decodeWatermarks(WatermarkSet), ...decodeAccuracy(rest) }
    return { kind: 'snapshotByTimeOffset' as const, definition: Definition, request }
  })

/** SnapshotByTimeOffsetTaskInput and MediaSnapshotByTimeOffsetItem. TimeOffset, TimeOffsetSet and our `FramePts` are milliseconds. */
export const snapshotByTimeOffsetCodec: KindCodec<'snapshotByTimeOffset'> = {
  set: 'SnapshotByTimeOffsetTaskSet',
  type: 'SnapshotByTimeOffset',
  member: 'SnapshotByTimeOffsetTask',
  input,

  encode({ definition = 0, request }) {
    const { offsets } = request
    const written = offsets.flatMap((offset) => (offset.unit === 'ms' ? [] : [formatOffset(offset)]))
    const inMs = offsets.flatMap((offset) => (offset.unit === 'ms' ? [offset.value] : []))
    return {
      Definition: definition,
      ...(written.length > 0 && { ExtTimeOffsetSet: written }),
      ...(inMs.length > 0 && { TimeOffsetSet: inMs }),
      ...encodeWatermarks(request),
      ...encodeAccuracy(request),
    }
  },

  output: ({ definition = 0, settings, output }, urls) => ({
    Definition: definition,
    PicInfoSet: output.stills.map(({ atMs, ptsMs, artifact }) => ({
      TimeOffset: atMs,
      FramePts: ptsMs,
      Url: urls.urlOf(artifact.key),
      WaterMarkDefinition: drawnDefinitions(settings),
    })),
  }),
}

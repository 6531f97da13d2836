import { z } from 'zod'
import { definition } from '../protocol/fields'
import { accuracyShape, decodeAccuracy, encodeAccuracy } from './frame-accuracy.codec'
import type { KindCodec } from './kind-codec'
import { encodeSampling } from './templates/sampling.codec'
import {
  decodeWatermarks,
  drawnDefinitions,
  encodeWatermarks,
  watermarkShape,
} from './watermarks/watermark-input.codec'

const input = z
  .strictObject({ Definition: definition, ...watermarkShape, ...accuracyShape })
  .transform(({ Definition, WatermarkSet, ...rest }) => ({
    kind: 'sampleSnapshot' as const,
    definition: Definition,
    request: { ...decodeWatermarks(WatermarkSet), ...decodeAccuracy(rest) },
  }))

/** SampleSnapshotTaskInput and MediaSampleSnapshotItem; our `FramePtsSet` runs beside ImageUrlSet, in milliseconds. */
export const sampleSnapshotCodec: KindCodec<'sampleSnapshot'> = {
  set: 'SampleSnapshotTaskSet',
  type: 'SampleSnapshot',
  member: 'SampleSnapshotTask',
  input,
  encode: ({ definition = 0, request }) => ({
    Definition: definition,
    ...encodeWatermarks(request),
    ...encodeAccuracy(request),
  }),

  output({ definition = 0, settings, output }, urls) {
    const { SampleType, SampleInterval } = encodeSampling(settings.sampling)
    return {
      Definition: definition,
      SampleType,
      Interval: SampleInterval,
      WaterMarkDefinition: drawnDefinitions(settings),
      ImageUrlSet: output.stills.map(({ artifact }) => urls.urlOf(artifact.key)),
      FramePtsSet: output.stills.map(({ ptsMs }) => ptsMs),
    }
  },
}

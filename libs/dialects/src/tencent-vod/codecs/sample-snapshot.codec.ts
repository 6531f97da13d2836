import { z } from 'zod'
import { definition, unsupported } from '../protocol/fields'
import type { KindCodec } from './kind-codec'
import { encodeSampling } from './templates/sampling.codec'

const input = z
  .strictObject({ Definition: definition, WatermarkSet: unsupported })
  .transform(({ Definition }) => ({ kind: 'sampleSnapshot' as const, definition: Definition, request: {} }))

/** SampleSnapshotTaskInput and MediaSampleSnapshotItem. */
export const sampleSnapshotCodec: KindCodec<'sampleSnapshot'> = {
  set: 'SampleSnapshotTaskSet',
  type: 'SampleSnapshot',
  member: 'SampleSnapshotTask',
  input,
  encode: ({ definition }) => ({ Definition: definition }),

  output({ definition, settings, output }, urls) {
    const { SampleType, SampleInterval } = encodeSampling(settings.sampling)
    return {
      Definition: definition,
      SampleType,
      Interval: SampleInterval,
      WaterMarkDefinition: [],
      ImageUrlSet: output.stills.map(({ artifact }) => urls.urlOf(artifact.key)),
    }
  },
}

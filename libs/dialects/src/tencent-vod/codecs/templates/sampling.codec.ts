import type { Sampling } from '@libs/tasks'
import type { z } from 'zod'
import { integerIn, oneOf } from '../../protocol/fields'

const mostSeconds = 1_000_000

/** Template parameters for a sampling: an interval in percent or in whole seconds. */
export const samplingShape = {
  SampleType: oneOf(['Percent', 'Time']),
  SampleInterval: integerIn(1, mostSeconds),
}

type SamplingParameters = z.output<z.ZodObject<typeof samplingShape>>

/** Rule of a template with a sampling: a share of the duration is at most all of it. */
export function percentWithinHundred({ SampleType, SampleInterval }: SamplingParameters, context: z.RefinementCtx) {
  if (SampleType === 'Time' || SampleInterval <= 100) return
  context.addIssue({ code: 'custom', path: ['SampleInterval'], message: 'An interval in percent is from 1 to 100.' })
}

export function decodeSampling({ SampleType, SampleInterval }: SamplingParameters): Sampling {
  return SampleType === 'Percent'
    ? { by: 'percent', intervalPercent: SampleInterval }
    : { by: 'time', intervalMs: SampleInterval * 1000 }
}

/** The interval is an integer to clients: one that no dialect of theirs made is rounded up. */
export function encodeSampling(sampling: Sampling) {
  return sampling.by === 'percent'
    ? { SampleType: 'Percent', SampleInterval: Math.ceil(sampling.intervalPercent) }
    : { SampleType: 'Time', SampleInterval: Math.ceil(sampling.intervalMs / 1000) }
}

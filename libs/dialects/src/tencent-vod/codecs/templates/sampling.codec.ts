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

/**
 * The interval is an integer to clients: one that no dialect of theirs made is rounded up. A series, which the vendor has no
 * word for, is told of by its interval.
 */
export function encodeSampling(sampling: Sampling) {
  if (sampling.by === 'percent') return percentOf(sampling.intervalPercent)
  if (sampling.by === 'time') return timeOf(sampling.intervalMs)
  const { count = 1, intervalMs } = sampling
  return intervalMs === undefined ? percentOf(100 / count) : timeOf(intervalMs)
}

function timeOf(intervalMs: number) {
  return { SampleType: 'Time', SampleInterval: Math.ceil(intervalMs / 1000) }
}

function percentOf(percent: number) {
  return { SampleType: 'Percent', SampleInterval: Math.ceil(percent) }
}

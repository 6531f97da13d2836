import type { CaptureAccount, KindName } from '@libs/tasks'
import { Counter, Histogram } from 'prom-client'

const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900]
const labelNames = ['kind', 'strategy'] as const

const actual = new Histogram({
  name: 'stillflow_capture_seconds',
  help: 'Wall time of capturing pictures.',
  labelNames,
  buckets,
})
const predicted = new Histogram({
  name: 'stillflow_capture_predicted_seconds',
  help: 'Wall time that the cost model predicted for capturing pictures.',
  labelNames,
  buckets,
})
const captured = new Counter({ name: 'stillflow_capture_pictures_total', help: 'Pictures captured.', labelNames })
const decoded = new Counter({
  name: 'stillflow_capture_frames_total',
  help: 'Frames decoded to capture pictures.',
  labelNames,
})

/** Counts what capturing costs, beside what the cost model said that it would. */
export function countCapture(
  kind: KindName,
  { strategy, pictures, frames, predictedMs, tookMs }: CaptureAccount,
): void {
  const labels = { kind, strategy }
  actual.observe(labels, tookMs / 1000)
  predicted.observe(labels, predictedMs / 1000)
  captured.inc(labels, pictures)
  decoded.inc(labels, frames)
}

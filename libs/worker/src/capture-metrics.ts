import type { CaptureAccount, KindName } from '@libs/tasks'
import { Counter, Histogram, Registry } from 'prom-client'

const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900]
const labelNames = ['kind', 'strategy'] as const

/** What capturing costs, beside what the cost model said that it would. */
export class CaptureMetrics {
  private readonly registry = new Registry()
  private readonly actual = this.histogram('stillflow_capture_seconds', 'Wall time of capturing pictures.')
  private readonly predicted = this.histogram(
    'stillflow_capture_predicted_seconds',
    'Wall time that the cost model predicted for capturing pictures.',
  )
  private readonly pictures = this.counter('stillflow_capture_pictures_total', 'Pictures captured.')
  private readonly frames = this.counter('stillflow_capture_frames_total', 'Frames decoded to capture pictures.')

  add(kind: KindName, { strategy, pictures, frames, predictedMs, tookMs }: CaptureAccount): void {
    const labels = { kind, strategy }
    this.actual.observe(labels, tookMs / 1000)
    this.predicted.observe(labels, predictedMs / 1000)
    this.pictures.inc(labels, pictures)
    this.frames.inc(labels, frames)
  }

  /** In Prometheus' text format. */
  text(): Promise<string> {
    return this.registry.metrics()
  }

  private histogram(name: string, help: string) {
    return new Histogram({ name, help, labelNames, buckets, registers: [this.registry] })
  }

  private counter(name: string, help: string) {
    return new Counter({ name, help, labelNames, registers: [this.registry] })
  }
}

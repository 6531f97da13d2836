import { performance } from 'node:perf_hooks'
import { Customer } from './customer'
import type { BenchProduct } from './instant-product'
import { median, percentile } from '../figures'

const warmUps = 20
const runs = 200
const limitMs = 10_000

export interface Latency {
  readonly p50Ms: number
  readonly p95Ms: number
}

/** From sending ProcessMedia (four instant tasks) to holding its event, one run after the other. */
export async function measureLatency(product: BenchProduct): Promise<Latency> {
  const customer = await Customer.of(product)
  const mediaId = await customer.upload()
  const tookMs: number[] = []
  for (let run = 1; run <= warmUps + runs; run += 1) {
    const startedMs = performance.now()
    const runId = await customer.processMedia(mediaId)
    await customer.heard(run, limitMs)
    if (run > warmUps) tookMs.push((customer.heardAtMs.get(runId) ?? Infinity) - startedMs)
  }
  await customer.leave()
  return { p50Ms: median(tookMs), p95Ms: percentile(tookMs, 95) }
}

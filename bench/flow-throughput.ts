import { performance } from 'node:perf_hooks'
import { Customer } from './customer'
import type { BenchProduct } from './instant-product'

export const throughputRuns = 1_000
const callers = 8
const limitMs = 300_000

/** Runs of four instant tasks a second, from the first call to the last event. */
export async function measureThroughput(product: BenchProduct): Promise<number> {
  const customer = await Customer.of(product)
  const mediaId = await customer.upload()
  const startedMs = performance.now()
  let left = throughputRuns
  const call = async (): Promise<void> => {
    while (left-- > 0) await customer.processMedia(mediaId)
  }
  await Promise.all(Array.from({ length: callers }, call))
  await customer.heard(throughputRuns, limitMs)
  const tookMs = Math.max(...customer.heardAtMs.values()) - startedMs
  await customer.leave()
  return (throughputRuns / tookMs) * 1_000
}

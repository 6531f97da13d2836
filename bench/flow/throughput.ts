import { performance } from 'node:perf_hooks'
import { Customer } from './customer'
import type { BenchProduct } from './instant-product'

export const throughputRuns = 1_000
const callers = 8

/** Runs of four instant tasks a second, from the first call until every event was pulled. */
export async function measureThroughput(product: BenchProduct): Promise<number> {
  const customer = await Customer.of(product)
  await customer.preferPulling()
  const mediaId = await customer.upload()
  const startedMs = performance.now()
  let left = throughputRuns
  const call = async (): Promise<void> => {
    while (left-- > 0) await customer.processMedia(mediaId)
  }
  await Promise.all([...Array.from({ length: callers }, call), customer.pull(throughputRuns)])
  const tookMs = performance.now() - startedMs
  await customer.leave()
  return (throughputRuns / tookMs) * 1_000
}

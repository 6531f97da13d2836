import { setTimeout as wait } from 'node:timers/promises'
import { describeMachine } from '../machine'
import { saveResults } from '../results-files'
import { measureBareFlows } from './bare-flows'
import { onBareQueue } from './bare-queue'
import { type Latency, measureLatency } from './latency'
import { measureThroughput } from './throughput'
import { type BenchProduct, startBenchProduct } from './instant-product'
import { memoryOfDescendants } from './memory-at-rest'
import { startRedis } from './redis-server'

/** A figure with what it is held against. */
interface Row {
  readonly what: string
  readonly figure: string
  readonly target: string
  readonly met: boolean
}

type Backend = 'postgres' | 'redis'

const latencyTargetMs: Readonly<Record<Backend, number>> = { redis: 60, postgres: 150 }
const throughputTarget = 1 / 3
const productTargetMb = 900
const workerTargetMb = 130
const restMs = 10_000

async function flowRows(backend: Backend, redisUrl: string | undefined): Promise<readonly Row[]> {
  const product = await startBenchProduct(redisUrl, 'instant')
  const { latency, ours } = await measureFlow(product).finally(() => product.stop())
  const bare = await onBareQueue(redisUrl, measureBareFlows)
  const targetMs = latencyTargetMs[backend]
  return [
    {
      what: `ProcessMedia sent → event received, four instant tasks, ${backend}`,
      figure: `p50 ${latency.p50Ms.toFixed(1)} ms, p95 ${latency.p95Ms.toFixed(1)} ms`,
      target: `p50 < ${targetMs} ms`,
      met: latency.p50Ms < targetMs,
    },
    {
      what: `1,000 runs of four instant tasks against bare BullMQ flows, ${backend}`,
      figure: `${ours.toFixed(0)} runs/s, bare ${bare.toFixed(0)} runs/s, ratio ${(ours / bare).toFixed(2)}`,
      target: `ratio ≥ ${throughputTarget.toFixed(2)}`,
      met: ours / bare >= throughputTarget,
    },
  ]
}

async function measureFlow(product: BenchProduct): Promise<{ latency: Latency; ours: number }> {
  return { latency: await measureLatency(product), ours: await measureThroughput(product) }
}

async function memoryRows(): Promise<readonly Row[]> {
  const product = await startBenchProduct(undefined, 'real')
  try {
    await wait(restMs)
    const processes = memoryOfDescendants()
    const total = processes.reduce((sum, { proportionalMb }) => sum + proportionalMb, 0)
    const workers = processes.filter(({ name }) => name.startsWith('worker-'))
    const largest = Math.max(...workers.map(({ residentMb }) => residentMb))
    return [
      {
        what: 'Resident memory of the whole embedded product at rest (shared pages counted once)',
        figure: `${total.toFixed(0)} MB in ${processes.length} processes`,
        target: `< ${productTargetMb} MB`,
        met: total < productTargetMb,
      },
      {
        what: 'Resident memory of the largest idle worker (shared pages counted in full)',
        figure: `${largest.toFixed(0)} MB`,
        target: `< ${workerTargetMb} MB`,
        met: largest < workerTargetMb,
      },
    ]
  } finally {
    await product.stop()
  }
}

function report(rows: readonly Row[]): void {
  saveResults('flow', { machine: describeMachine(), rows })
  for (const { what, figure, target, met } of rows) {
    process.stdout.write(`${met ? 'met   ' : 'MISSED'}  ${what}\n        ${figure} (target ${target})\n`)
  }
}

/** Measures how quickly runs flow, and what the product holds in memory at rest; writes `results/flow.json`. */
export async function benchFlow(): Promise<void> {
  const rows = [...(await memoryRows()), ...(await flowRows('postgres', undefined))]
  const redis = await startRedis()
  if (redis === undefined) process.stdout.write('No redis-server on PATH: the rows for Redis are left out.\n')
  else {
    rows.push(...(await flowRows('redis', redis.url)))
    await redis.stop()
  }
  report(rows)
}

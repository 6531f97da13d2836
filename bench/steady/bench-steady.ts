import { makeLumaClock } from '@libs/testing'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startEmbeddedPostgres } from '../../apps/standalone/src/postgres/embedded-postgres'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { Customer } from '../flow/customer'
import { startBenchProduct } from '../flow/instant-product'
import { startRedis } from '../flow/redis-server'
import { describeMachine } from '../machine'
import { saveResults } from '../results-files'
import { judge, type Verdict } from './judge'
import { type Sample, Sampler } from './sampler'

type Backend = 'postgres' | 'redis'

const runLimitMs = 60_000
const sampleEveryMs = 5_000
/** Steady, not as much as goes: a run of the four kinds begins no sooner after the last one. */
const runEveryMs = 1_000

/** Runs all four kinds at a steady rate on both backends, and looks what stays; writes `results/steady.json`. */
export async function benchSteady(minutes: number): Promise<void> {
  const rows: Verdict[] = [...(await steady('postgres', undefined, minutes))]
  const redis = await startRedis()
  if (redis === undefined) process.stdout.write('No redis-server on PATH: the rows for Redis are left out.\n')
  else rows.push(...(await steady('redis', redis.url, minutes).finally(() => redis.stop())))
  saveResults('steady', { machine: describeMachine(), minutes, rows })
  for (const { what, figure, target, met } of rows) {
    process.stdout.write(`${met ? 'met   ' : 'MISSED'}  ${what}\n        ${figure} (target ${target})\n`)
  }
}

async function steady(backend: Backend, redisUrl: string | undefined, minutes: number): Promise<readonly Verdict[]> {
  const folder = mkdtempSync(join(tmpdir(), 'stillflow-steady-'))
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'data') })
  const product = await startBenchProduct(redisUrl, 'real', postgres.url)
  const sampler = new Sampler(postgres.url, redisUrl)
  try {
    const customer = await Customer.of(product)
    const clip = join(folder, 'clip.mp4')
    await makeLumaClock({ path: clip, seconds: 4 })
    const mediaId = await customer.upload(clip)
    await customer.ready(mediaId, runLimitMs)
    const samples = await load(customer, mediaId, sampler, minutes)
    await customer.leave()
    return judge(backend, samples)
  } finally {
    await sampler.close()
    await product.stop()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One run after the other, each with its event. */
async function load(
  customer: Customer,
  mediaId: string,
  sampler: Sampler,
  minutes: number,
): Promise<readonly Sample[]> {
  const samples: Sample[] = []
  const endMs = performance.now() + minutes * 60_000
  let nextSampleMs = performance.now()
  for (let runs = 0; performance.now() < endMs;) {
    const startedMs = performance.now()
    await customer.processMedia(mediaId)
    runs += 1
    await customer.heard(runs, runLimitMs)
    if (performance.now() >= nextSampleMs) {
      samples.push(await sampler.take(runs))
      nextSampleMs = performance.now() + sampleEveryMs
    }
    await wait(Math.max(0, runEveryMs - (performance.now() - startedMs)))
  }
  return samples
}

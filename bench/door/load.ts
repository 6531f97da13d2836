import { performance } from 'node:perf_hooks'
import { Pool } from 'undici'
import { percentile } from '../figures'
import type { Call } from './signed-call'

export interface Load {
  readonly callsPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/**
 * Calls as fast as answers come.
 * @param callers how many calls are under way at a time
 * @throws Error with the answer of a call that was refused
 */
export async function load(origin: string, forMs: number, next: () => Call, callers: number): Promise<Load> {
  const pool = new Pool(origin, { connections: callers })
  const tookMs: number[] = []
  const startedMs = performance.now()
  const caller = async (): Promise<void> => {
    while (performance.now() - startedMs < forMs) {
      const { headers, body } = next()
      const sentMs = performance.now()
      const answer = await pool.request({ path: '/', method: 'POST', headers, body })
      const said = await answer.body.text()
      if (answer.statusCode !== 200 || said.includes('"Error"')) throw new Error(`The call was refused: ${said}`)
      tookMs.push(performance.now() - sentMs)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  const callsPerSecond = (tookMs.length / (performance.now() - startedMs)) * 1_000
  await pool.close()
  return { callsPerSecond, p50Ms: percentile(tookMs, 50), p99Ms: percentile(tookMs, 99) }
}

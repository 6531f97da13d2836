import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type * as customers from '../flow/customer'
import type * as products from '../flow/instant-product'
import type * as redisServers from '../flow/redis-server'

/** What a build's own bench brings; that of the first commits lies one folder up. */
async function partOf<Part>(build: string, name: string): Promise<Part> {
  const folder = join(build, 'dist', 'bench')
  const paths = [join(folder, 'flow', `${name}.js`), join(folder, `${name}.js`)]
  const path = paths.find(existsSync)
  if (path === undefined) throw new Error(`${folder} has no ${name}.`)
  return (await import(path)) as Part
}

const warmUps = 40
const limitMs = 10_000

/** One of the products that are timed in turn: makes a run when it is told to, and says how many ms its event took. */
async function serve(build: string, backend: string): Promise<void> {
  const { startRedis } = await partOf<typeof redisServers>(build, 'redis-server')
  const { startBenchProduct } = await partOf<typeof products>(build, 'instant-product')
  const { Customer } = await partOf<typeof customers>(build, 'customer')
  const redis = backend === 'redis' ? await startRedis() : undefined
  const product = await startBenchProduct(redis?.url, 'instant')
  const customer = await Customer.of(product)
  const mediaId = await customer.upload()
  let runs = 0
  const timeRun = async (): Promise<number> => {
    runs += 1
    const sentAtMs = performance.now()
    const runId = await customer.processMedia(mediaId)
    await customer.heard(runs, limitMs)
    return (customer.heardAtMs.get(runId) ?? Infinity) - sentAtMs
  }
  const leave = async (): Promise<void> => {
    await customer.leave()
    await product.stop()
    await redis?.stop()
  }
  for (let run = 0; run < warmUps; run += 1) await timeRun()
  process.on('message', () => void timeRun().then((tookMs) => process.send?.(tookMs), fail))
  process.on('disconnect', () => void leave().then(() => process.exit(0), fail))
  process.send?.('ready')
}

function fail(error: unknown): void {
  process.stderr.write(`${String(error)}\n`)
  process.exit(1)
}

const [build = '', backend = ''] = process.argv.slice(2)
serve(build, backend).catch(fail)

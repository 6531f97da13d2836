import { inheritedEnv, readEnv, shutdownEnv, shutdownLimits, superviseByParent } from '@libs/kernel'
import { endWithParent } from './end-with-parent'
import { startProduct, type ProductOptions } from './start-product'

/** For PostgreSQL, which stops after the apps. */
const databaseLimitMs = 30_000

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/**
 * Starts the product, says where it is, and keeps it up until SIGINT, SIGTERM, SIGHUP or the end of the parent; then
 * stops all of it and ends this process. A start that fails is said on stderr and ends it with code 1.
 */
export async function stayUp(options: Pick<ProductOptions, 'appsDir'> = {}): Promise<void> {
  // Whoever read the output has gone; the product stays.
  process.stdout.on('error', () => undefined)
  const stopping = new AbortController()
  const { limitMs } = shutdownLimits(readEnv(shutdownEnv))
  const starting = startProduct({ ...options, report: say })
  superviseByParent(async () => {
    stopping.abort()
    say('Stopping …')
    const product = await starting.catch(() => undefined)
    await product?.stop()
  }, limitMs + databaseLimitMs)
  endWithParent(inheritedEnv())
  try {
    const { url, accessKeyFile, dataDir } = await starting
    say(`Stillflow is ready at ${url}`)
    say(`Access key: ${accessKeyFile ?? 'STILLFLOW_SECRET_ID and STILLFLOW_SECRET_KEY of the environment'}`)
    say(`Started in ${process.uptime().toFixed(1)} s; logs in ${dataDir}/logs; Ctrl-C stops everything.`)
  } catch (thrown) {
    if (stopping.signal.aborted) return
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`)
    process.exit(1)
  }
}

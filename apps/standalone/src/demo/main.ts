import { ApiProblem } from '@libs/client'
import { inheritedEnv } from '@libs/kernel'
import { endWithParent } from '../end-with-parent'
import { findMediaTools } from '../media-tools'
import { startProduct, type Product } from '../start-product'
import { parseDemoArguments, usage, type DemoArguments } from './arguments'
import { receiveCallbacks } from './callback-receiver'
import { DemoFailure, exitCodes } from './demo-failure'
import { runDemo } from './run-demo'
import { Screen } from './screen'

const interruptedCode = 130

const screen = new Screen(process.stdout)
const say = (line: string): void => screen.say(line)

async function main(): Promise<number> {
  const args = parseDemoArguments(process.argv.slice(2))
  if (args === undefined) {
    say(usage)
    return 0
  }
  const interrupted = new Promise<number>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(interruptedCode))
  })
  const env = inheritedEnv()
  endWithParent(env)
  // The environment wins: it may name other services, another folder, another port.
  const starting = startProduct({
    env: { PORT: '0', STILLFLOW_DATA_DIR: '.stillflow/demo', EGRESS_ALLOW: '127.0.0.0/8,::1/128', ...env },
    report: say,
  })
  try {
    return await Promise.race([play(args, starting, env), interrupted])
  } finally {
    say('Stopping …')
    const product = await starting.catch(() => undefined)
    await product?.stop()
  }
}

/** @returns 0 @throws DemoFailure */
async function play(args: DemoArguments, starting: Promise<Product>, env: NodeJS.ProcessEnv): Promise<number> {
  const receiver = await receiveCallbacks()
  try {
    const product = await starting.catch((cause: unknown) => {
      throw new DemoFailure('start', cause instanceof Error ? cause.message : String(cause))
    })
    say(`Stillflow is ready at ${product.url} after ${process.uptime().toFixed(1)} s`)
    await runDemo(args, product, { receiver, screen, ffprobePath: findMediaTools(env).ffprobePath })
    return 0
  } finally {
    await receiver.close()
  }
}

async function runMain(): Promise<void> {
  try {
    process.exit(await main())
  } catch (thrown) {
    const failure = thrown instanceof ApiProblem ? new DemoFailure('refused', thrown.message) : thrown
    const known = failure instanceof DemoFailure ? failure : undefined
    const why = known?.message ?? String(thrown instanceof Error ? thrown.stack : thrown)
    process.stderr.write(`\nThe demo failed. ${why}\n`)
    process.exit(exitCodes[known?.reason ?? 'internal'])
  }
}

void runMain()

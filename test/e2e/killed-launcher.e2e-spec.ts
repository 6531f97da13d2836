import { inheritedEnv } from '@libs/kernel'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type ProductProcess, processesOf } from './product/processes'
import { waitFor } from './product/wait-for'

let dataDir: string
let launcher: ChildProcess | undefined

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'stillflow-killed-'))
})

afterEach(() => {
  launcher?.kill('SIGKILL')
  for (const { pid } of processesOf({ dataDir })) process.kill(pid, 'SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

/** Starts the product as a newcomer would, and returns when it is ready. */
async function start(): Promise<ChildProcess> {
  const script = join(__dirname, '..', '..', 'scripts', 'start.mjs')
  const child = spawn(process.execPath, [script], {
    env: {
      ...inheritedEnv(),
      DATABASE_URL: undefined,
      REDIS_URL: undefined,
      PORT: '0',
      STILLFLOW_DATA_DIR: dataDir,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  for await (const line of createInterface(child.stdout)) if (line.startsWith('Stillflow is ready at ')) return child
  throw new Error('The product ended before it was ready.')
}

it('a launcher that is killed takes every process with it, also those with something to say and nobody to hear', async () => {
  launcher = await start()
  expect(processesOf({ dataDir }).length).toBeGreaterThan(7)
  launcher.kill('SIGKILL')
  let left: readonly ProductProcess[] = []
  const noneIsLeft = () => {
    left = processesOf({ dataDir })
    return left.length === 0 || undefined
  }
  await waitFor('The end of every process', 20_000, noneIsLeft).catch(() => undefined)
  expect(left).toEqual([])
})

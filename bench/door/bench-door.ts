import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { median } from '../figures'
import { describeMachine } from '../machine'
import { saveResults } from '../results-files'
import { type ApiAlone, startApiAlone } from './api-alone'
import { type Load, load } from './load'
import { signedCall } from './signed-call'

const rounds = 5
const callers = 16
const roundMs = 5_000
const warmUpMs = 3_000
const targetPerSecond = 300
const targetP99Ms = 100

const MediaProcessTask = {
  SnapshotByTimeOffsetTaskSet: [{ Definition: 10, ExtTimeOffsetSet: ['3.5s', '10%'] }],
  SampleSnapshotTaskSet: [{ Definition: 10 }],
  ImageSpriteTaskSet: [{ Definition: 10 }],
  CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: 'Percent', PositionValue: 10 }],
}

function calls({ url, accessKey, mediaId }: ApiAlone): () => ReturnType<typeof signedCall> {
  const { host } = new URL(url)
  return () => signedCall(host, accessKey, 'ProcessMedia', { FileId: mediaId, MediaProcessTask })
}

/** Measures the signed door with ProcessMedia beside a bare Nest endpoint, in turns; writes `results/door.json`. */
export async function benchDoor(): Promise<void> {
  const bare = fork(join(__dirname, 'bare-nest.js'), { stdio: 'inherit' })
  const [port] = (await once(bare, 'message')) as [number]
  const product = await startApiAlone()
  try {
    const next = calls(product)
    const ways = { ours: product.url, bare: `http://127.0.0.1:${port}` }
    const measured: { ours: Load; bare: Load }[] = []
    for (const origin of Object.values(ways)) await load(origin, warmUpMs, next, callers)
    for (let round = 0; round < rounds; round += 1) {
      measured.push({
        ours: await load(ways.ours, roundMs, next, callers),
        bare: await load(ways.bare, roundMs, next, callers),
      })
    }
    report(measured)
  } finally {
    bare.disconnect()
    await product.stop()
  }
}

function report(measured: readonly { readonly ours: Load; readonly bare: Load }[]): void {
  const middle = (of: 'ours' | 'bare', figure: keyof Load) => median(measured.map((round) => round[of][figure]))
  const perSecond = middle('ours', 'callsPerSecond')
  const p99Ms = middle('ours', 'p99Ms')
  const barePerSecond = middle('bare', 'callsPerSecond')
  const rows = [
    {
      what: `ProcessMedia (four tasks) through the signed door of one API process, ${callers} callers`,
      figure: `${perSecond.toFixed(0)} calls/s, p50 ${middle('ours', 'p50Ms').toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`,
      target: `≥ ${targetPerSecond} calls/s, p99 < ${targetP99Ms} ms`,
      met: perSecond >= targetPerSecond && p99Ms < targetP99Ms,
    },
    {
      what: 'The same calls against a bare Nest endpoint that only parses the body',
      figure: `bare ${barePerSecond.toFixed(0)} calls/s, ratio ${(perSecond / barePerSecond).toFixed(2)}`,
      target: 'to be told',
      met: true,
    },
  ]
  saveResults('door', { machine: describeMachine(), rows })
  for (const { what, figure, target, met } of rows) {
    process.stdout.write(`${met ? 'met   ' : 'MISSED'}  ${what}\n        ${figure} (target ${target})\n`)
  }
}

import { S3Server } from '@libs/testing'
import { startApiAlone } from '../door/api-alone'
import { memoryOfDescendants } from '../flow/memory-at-rest'
import { describeMachine } from '../machine'
import { saveResults } from '../results-files'
import { sendByForm, sendByTus } from './send-large'

const gibibytes = 4
const sizeBytes = gibibytes * 2 ** 30
const targetMb = 100
const lookEveryMs = 200

const ways = { 'by tus': sendByTus, 'as a form': sendByForm }
type Way = keyof typeof ways

function residentMb(): number {
  return memoryOfDescendants().find(({ name }) => name === 'api')?.residentMb ?? NaN
}

/** How far the API grows beyond what it holds before anybody has called, while a file comes. */
async function measure(way: Way, storage: NodeJS.ProcessEnv) {
  const product = await startApiAlone(storage)
  const beforeMb = residentMb()
  let peakMb = beforeMb
  const looking = setInterval(() => (peakMb = Math.max(peakMb, residentMb())), lookEveryMs)
  try {
    const startedMs = performance.now()
    await ways[way](product, sizeBytes)
    const seconds = (performance.now() - startedMs) / 1_000
    return { grownMb: peakMb - beforeMb, perSecondMb: sizeBytes / 2 ** 20 / seconds }
  } finally {
    clearInterval(looking)
    await product.stop()
  }
}

/** Measures what a large upload takes of the API's memory, on both stores; writes `results/upload.json`. */
export async function benchUpload(): Promise<void> {
  const rows: object[] = []
  for (const store of ['a folder', 'S3']) {
    for (const way of Object.keys(ways) as Way[]) {
      const server = store === 'S3' ? await S3Server.start() : undefined
      const { grownMb, perSecondMb } = await measure(way, server?.settings() ?? {}).finally(() => server?.stop())
      rows.push({
        what: `An upload of ${gibibytes} GiB ${way}, to ${store}`,
        figure: `the API grows by ${grownMb.toFixed(0)} MB, ${perSecondMb.toFixed(0)} MB/s`,
        target: `< ${targetMb} MB`,
        met: grownMb < targetMb,
      })
      process.stdout.write(`${JSON.stringify(rows.at(-1))}\n`)
    }
  }
  saveResults('upload', { machine: describeMachine(), rows })
}

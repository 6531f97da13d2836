import { load, type Load } from '../door/load'
import { type ApiAlone, startApiAlone } from '../door/api-alone'
import { signedCall } from '../door/signed-call'
import { describeMachine } from '../machine'
import { saveResults } from '../results-files'
import { fileIdOf, fill } from './fill'

const few = 1_000
const many = 1_000_000
const forMs = 10_000
const warmUpMs = 2_000
/** Few enough that nobody waits for another. */
const callers = 2
const mostTimes = 3
const mediaAtOnce = 20

type Calls = Readonly<Record<string, Load>>

/** Measures calls that look into the past with few rows and with many; writes `results/rows.json`. */
export async function benchRows(): Promise<void> {
  const product = await startApiAlone()
  try {
    await aRunOf(product)
    await fill(product.database, product.mediaId, 0, few)
    const little = await measure(product, few)
    await fill(product.database, product.mediaId, few, many)
    const much = await measure(product, many)
    report(little, much, await plansOf(product))
  } finally {
    await product.stop()
  }
}

async function aRunOf({ url, accessKey, mediaId }: ApiAlone): Promise<void> {
  const SnapshotByTimeOffsetTaskSet = [{ Definition: 10, ExtTimeOffsetSet: ['3.5s'] }]
  const order = { FileId: mediaId, MediaProcessTask: { SnapshotByTimeOffsetTaskSet } }
  const { headers, body } = signedCall(new URL(url).host, accessKey, 'ProcessMedia', order)
  await fetch(`${url}/`, { method: 'POST', headers, body })
}

async function measure({ url, accessKey }: ApiAlone, rows: number): Promise<Calls> {
  const call = (action: string, parameters: () => object) => () =>
    signedCall(new URL(url).host, accessKey, action, parameters())
  const anyMedia = () => fileIdOf(Math.floor(Math.random() * rows))
  const calls = {
    DescribeTasks: call('DescribeTasks', () => ({ Limit: 100 })),
    'DescribeTasks of a file': call('DescribeTasks', () => ({ FileId: anyMedia() })),
    'DescribeTasks that are under way': call('DescribeTasks', () => ({ Status: 'PROCESSING' })),
    DescribeMediaInfos: call('DescribeMediaInfos', () => ({ FileIds: Array.from({ length: mediaAtOnce }, anyMedia) })),
  }
  const measured: Record<string, Load> = {}
  for (const [name, next] of Object.entries(calls)) {
    await load(url, warmUpMs, next, callers)
    measured[name] = await load(url, forMs, next, callers)
  }
  return measured
}

/** How PostgreSQL answers the two for a caller, with many rows. */
async function plansOf({ database }: ApiAlone): Promise<readonly string[]> {
  const statements = [
    `select * from run where sub_app_id = 0 and type <> 'ingest' and created_at is not null
     order by created_at desc, id desc limit 101`,
    `select distinct on (media_id, kind, definition) * from task
     where media_id = any('{${fileIdOf(1)},${fileIdOf(500)}}'::text[]) and state = 'succeeded' and kind <> 'ingest'
     order by media_id, kind, definition, finished_at desc, id desc`,
  ]
  const plans: string[] = []
  await database.query(`begin; set local role stillflow_tenant; set local stillflow.sub_app = '0'`)
  for (const statement of statements) {
    const { rows } = await database.query<{ 'QUERY PLAN': string }>(`explain (analyze, costs off) ${statement}`)
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
  }
  await database.query('rollback')
  return plans
}

function report(little: Calls, much: Calls, plans: readonly string[]): void {
  const rows = Object.entries(much).map(([name, { p50Ms, p99Ms }]) => {
    const before = little[name]?.p99Ms ?? NaN
    const times = p99Ms / before
    return {
      what: `${name}, ${many.toLocaleString('en')} stored against ${few.toLocaleString('en')}`,
      figure: `p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms against ${before.toFixed(1)} ms, ratio ${times.toFixed(2)}`,
      target: `ratio ≤ ${mostTimes}`,
      met: times <= mostTimes,
    }
  })
  saveResults('rows', { machine: describeMachine(), rows, plans })
  for (const { what, figure, target, met } of rows) {
    process.stdout.write(`${met ? 'met   ' : 'MISSED'}  ${what}\n        ${figure} (target ${target})\n`)
  }
}

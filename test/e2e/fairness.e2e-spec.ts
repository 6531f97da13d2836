import { answerOf } from '@libs/client'
import { usableCores } from '@libs/kernel'
import { makeLumaClock, queueBackends } from '@libs/testing'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { RestClient } from './product/rest-client'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const definition = z.object({ definition: z.int() })
const started = z.object({ runId: z.string() })
const rounds = 7
/** Tasks that the product's one worker of the kind is at. */
const atATime = Math.max(1, Math.floor(usableCores / 2))
const queue = 'all'

describe.each(queueBackends())('the queue on %s', (backend) => {
  let product: TestProduct
  let crowd: Caller
  let single: Caller

  beforeAll(async () => {
    product = await startTestProduct({ backend })
    const clip = join(product.folder, 'clock.mp4')
    await makeLumaClock({ path: clip, seconds: 30 })
    ;[crowd, single] = [await aCaller(product.rest, clip), await aCaller(await anotherSubApp(product), clip)]
  })

  afterAll(stopTestProducts)

  it('lets one task of a sub-application past the hundreds of another', async () => {
    const timed = async () => {
      const beganAtMs = performance.now()
      const runId = await single.start()
      await single.ended(runId)
      return { tookMs: performance.now() - beganAtMs, runId }
    }
    const endedMeanwhile = async (runId: string) => {
      const [row] = await product.query(`
        select count(*)::int as count from task join run single on single.id = '${runId}'
        where task.sub_app_id <> single.sub_app_id and task.finished_at between single.created_at and single.finished_at`)
      return Number(row?.['count'])
    }
    const atWork = async (isThere: boolean) => {
      const [row] = await product.query(`select count(*)::int as count from task where state = 'dispatched'`)
      return Number(row?.['count']) > 0 === isThere ? true : undefined
    }
    await crowd.pause(true)
    await Promise.all(Array.from({ length: 200 }, () => crowd.start()))
    // By turns, so that what else this machine does slows both down alike.
    const [alone, amid, endedFirst]: [number[], number[], number[]] = [[], [], []]
    for (let round = 0; round < rounds; round += 1) {
      await crowd.pause(true)
      await waitFor('Rest', 20_000, () => atWork(false))
      alone.push((await timed()).tookMs)
      await crowd.pause(false)
      await waitFor('Work', 20_000, () => atWork(true))
      const { tookMs, runId } = await timed()
      amid.push(tookMs)
      endedFirst.push(await endedMeanwhile(runId))
    }
    const [aloneMs, amidMs] = [median(alone), median(amid)]
    const [left] = await product.query(`select count(*)::int as count from task where state = 'waiting'`)
    // Behind the tasks at work, and nothing of what waits or was sent ahead.
    expect(median(endedFirst)).toBeLessThan(2 * atATime)
    expect(amidMs).toBeLessThan(2.7 * aloneMs)
    expect(left?.['count']).toBeGreaterThan(50)
  })
})

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN
}

type Caller = Awaited<ReturnType<typeof aCaller>>

/** Somebody with a media of the clip, who wants twenty stills of it each time. */
async function aCaller(rest: RestClient, clip: string) {
  // Two hundred calls at once may be more than a machine at other work takes: then it says when to come again.
  const send = async (path: string, body: object, method = 'POST'): Promise<unknown> => {
    const response = await rest.call(path, { method, body: JSON.stringify(body) })
    if (response.status === 503) {
      await setTimeout(1_000 * Number(response.headers.get('retry-after')))
      return send(path, body, method)
    }
    const text = await response.text()
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${text}`)
    return JSON.parse(text) as unknown
  }
  const { mediaId } = await rest.upload(clip)
  await waitFor('The media', 20_000, async () => ((await rest.media(mediaId)).state === 'ready' ? true : undefined))
  const settings = { sampling: { by: 'percent', intervalPercent: 5 } }
  const template = definition.parse(await send('/v1/templates/sample-snapshot', { name: 'twenty', settings }))
  await send('/v1/queues', { name: queue })
  return {
    start: async () => {
      const tasks = [{ kind: 'sampleSnapshot', definition: template.definition }]
      return started.parse(await send('/v1/runs', { mediaId, queue, tasks })).runId
    },
    pause: (paused: boolean) => send(`/v1/queues/${queue}`, { paused }, 'PATCH'),
    ended: (runId: string) =>
      waitFor('The end of the run', 60_000, async () => {
        const { state, tasks } = await rest.run(runId)
        if (state !== 'finished') return undefined
        expect(tasks).toMatchObject([{ state: 'succeeded' }])
        return true
      }),
  }
}

async function anotherSubApp({ rest, url }: TestProduct): Promise<RestClient> {
  const { id } = await answerOf(rest.api.POST('/v1/sub-apps', { body: { name: 'another' } }))
  const header = { 'Stillflow-Sub-App': id }
  return new RestClient({ url, accessKey: await answerOf(rest.api.POST('/v1/access-keys', { params: { header } })) })
}

import { inheritedEnv } from '@libs/kernel'
import { makeLumaClock } from '@libs/testing'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { repositoryRoot } from '../../apps/standalone/src/apps/apps'
import { startTestProduct, stopTestProducts, type TestProduct } from './product/test-product'
import { waitFor } from './product/wait-for'

const media = z.object({
  results: z.array(z.object({ runId: z.string(), output: z.object({ vtt: z.object({ url: z.string() }) }) })),
})
const accepted = z.object({ runId: z.string() })

describe('what is kept for a time', () => {
  let product: TestProduct
  let clip: string

  beforeAll(async () => {
    product = await startTestProduct({ backend: 'postgres', settings: { RETAIN_RESULTS_DAYS: '30' } })
    clip = join(product.folder, 'clock.mp4')
    await makeLumaClock({ path: clip, seconds: 3 })
  })

  afterAll(stopTestProducts)

  const resultsOf = async (mediaId: string) =>
    media.parse(await (await product.rest.call(`/v1/media/${mediaId}`)).json()).results

  /** Runs the one task, and waits until the media shows what it made. @returns the URL of its WebVTT */
  async function makeSprite(mediaId: string): Promise<string> {
    const body = JSON.stringify({ mediaId, tasks: [{ kind: 'imageSprites', definition: 10 }] })
    const { runId } = accepted.parse(await (await product.rest.call('/v1/runs', { method: 'POST', body })).json())
    const shown = await waitFor(`The sprite of ${runId}`, 30_000, async () => {
      return (await resultsOf(mediaId)).find((result) => result.runId === runId)
    })
    return shown.output.vtt.url
  }

  const statusOf = async (url: string) => (await fetch(url)).status
  const goBack = (days: number) =>
    product.query(`update task set finished_at = finished_at - interval '${days} days' where kind <> 'ingest'`)
  /** As if a day had passed. */
  const sweepAgain = () => product.query('delete from janitor_pass')

  /** The command as an operator runs it beside the product. @returns how many sets of pictures it tells of */
  async function janitor(...args: readonly string[]): Promise<number> {
    const [database] = await product.query('select current_database() as name')
    const url = new URL(inheritedEnv()['TEST_DATABASE_URL'] ?? '')
    url.pathname = String(database?.['name'])
    const env = {
      ...inheritedEnv(),
      DATABASE_URL: url.href,
      MASTER_KEY_FILE: join(product.dataDir, 'master-key'),
      STORAGE_URL: `file:${join(product.dataDir, 'media')}`,
      RETAIN_RESULTS_DAYS: '30',
    }
    const main = join(repositoryRoot(), 'dist', 'apps', 'janitor', 'src', 'main.js')
    const { stdout } = await promisify(execFile)(process.execPath, [main, ...args], { env })
    return Number(/^results \(sets of pictures\) +(\d+) /m.exec(stdout)?.[1])
  }

  it('goes when it was replaced, and when its days are over', async () => {
    const { mediaId } = await product.rest.upload(clip)
    const first = await makeSprite(mediaId)
    const second = await makeSprite(mediaId)
    expect([await statusOf(first), await statusOf(second)]).toEqual([200, 200])

    await goBack(8)
    // Events that name them wait to be pulled.
    expect(await janitor('--dry-run')).toBe(0)
    const { EventSet = [] } = await product.vendor.PullEvents({})
    await product.vendor.ConfirmEvents({ EventHandles: EventSet.map(({ EventHandle }) => EventHandle ?? '') })
    expect(await janitor('--dry-run')).toBe(1)
    expect(await statusOf(first)).toBe(200)

    await sweepAgain()
    await waitFor('The end of what was replaced', 30_000, async () => {
      return (await statusOf(first)) === 404 ? true : undefined
    })
    expect(await statusOf(second)).toBe(200)
    expect((await resultsOf(mediaId)).map(({ output }) => output.vtt.url)).toEqual([second])
    expect(await janitor('--dry-run')).toBe(0)

    await goBack(30)
    expect(await janitor('--dry-run')).toBe(1)
    expect(await janitor()).toBe(1)
    expect(await statusOf(second)).toBe(404)
    expect(await resultsOf(mediaId)).toEqual([])
    expect((await product.rest.media(mediaId)).state).toBe('ready')
  })
})

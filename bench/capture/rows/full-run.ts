import { Customer } from '../../flow/customer'
import { startBenchProduct } from '../../flow/instant-product'
import type { Engine, Film } from '../engine'
import { inputOf } from '../inputs/catalogue'
import { race } from '../race'
import { makeReady } from '../ready-input'
import { type Row, targetOf, wallOf } from '../row'
import type { Setting } from '../setting'
import { presetTasks } from '../ways/ours'
import type { Way } from '../ways/way'

const productName = 'ProcessMedia → event, the whole product'
const enginesName = 'the four engines alone, started together'
const limitMs = 300_000

/**
 * All four kinds of one ready media by their presets, from the call until its event is heard, against the engines' part
 * of that. The four tasks of a run start together, so what lies on its critical path is the slowest of the four while
 * the others share the cores with it: the time until the last of four performs that are started at once is done.
 */
export async function fullRunRow(setting: Setting): Promise<Row> {
  const input = inputOf('b')
  const { film } = await makeReady(setting, input)
  const product = await startBenchProduct(undefined, 'real')
  const customer = await Customer.of(product)
  try {
    const ways = [inProduct(await runsOf(customer, film.path)), byEngines(setting.engine, film)]
    const raced = await race(ways, { ...setting, makes: presetTasks.length })
    // The product's processes are waited for by nobody here, and the engines' memory would be counted with theirs.
    const measured = raced.map(({ way, of, shows, rounds, wallS }) => ({ way, of, shows, rounds, wallS }))
    const [runS, enginesS] = [wallOf(measured, productName), wallOf(measured, enginesName)]
    return {
      name: 'full-run/b',
      title: `ProcessMedia with all four kinds → event: ${input.title}`,
      measured,
      targets: targetOf('the run against the engines on its critical path', runS, enginesS, 1.15),
    }
  } finally {
    await customer.leave()
    await product.stop()
  }
}

function inProduct(run: () => Promise<number>): Way {
  return { name: productName, of: 'ours', shows: 'on screen', decodes: 0, run }
}

function byEngines(engine: Engine, film: Film): Way {
  const run = async (): Promise<number> =>
    (await Promise.all(presetTasks.map((task) => engine.perform(film, task)))).flat().length
  return { name: enginesName, of: 'ours', shows: 'on screen', decodes: 0, run }
}

/** Uploads a film and waits until it is ready. @returns has it processed once, until the event came */
async function runsOf(customer: Customer, path: string): Promise<() => Promise<number>> {
  const mediaId = await customer.upload(path)
  await customer.ready(mediaId, limitMs)
  let runs = 0
  return async () => {
    runs += 1
    await customer.processMedia(mediaId)
    await customer.heard(runs, limitMs)
    return presetTasks.length
  }
}

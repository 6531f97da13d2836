import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { Lab } from './lab'
import { startCorpusProduct } from './product/corpus-product'
import { EventReceiver } from './product/event-receiver'
import { Rest } from './product/rest'
import { Authority } from './servers/certificates'
import { fakeNames } from './servers/fake-names'
import { Origins } from './servers/origins'
import { Trap } from './servers/trap'

export interface OpenLab {
  readonly lab: Lab
  readonly close: () => Promise<void>
}

const created = z.object({ definition: z.int() })

/** Starts the product and the world around it. @param env laid over the product's settings */
export async function openLab(env: NodeJS.ProcessEnv = {}): Promise<OpenLab> {
  const root = await mkdtemp(join(tmpdir(), 'stillflow-corpus-'))
  const undo: (() => Promise<void> | void)[] = [() => rm(root, { recursive: true, force: true })]
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const folder = join(root, 'inputs')
    await mkdir(folder)
    const [receiver, origins, trap] = [new EventReceiver(), new Origins(), new Trap()]
    for (const server of [receiver, origins, trap]) {
      await server.open()
      undo.push(() => server.close())
    }
    const authority = new Authority(root)
    await authority.open()
    const product = await startCorpusProduct({ folder: root, authority: authority.file, names: fakeNames, env })
    undo.push(() => product.stop())
    const rest = new Rest(product)
    await rest.ask('/v1/event-config', { mode: 'push', url: receiver.url }, 'PUT')
    const world = { origins, trap, folder, authority }
    return { lab: new Lab(product, rest, receiver, world, await createTemplates(rest)), close }
  } catch (thrown) {
    await close()
    throw thrown
  }
}

async function createTemplates(rest: Rest): Promise<{ still: number; samples: number; sprite: number }> {
  const create = async (kind: string, settings: object): Promise<number> =>
    created.parse(await rest.ask(`/v1/templates/${kind}`, { settings })).definition
  const quarter = { by: 'percent', intervalPercent: 25 }
  return {
    still: await create('snapshot-by-time-offset', {}),
    samples: await create('sample-snapshot', { widthPx: 320, sampling: { by: 'percent', intervalPercent: 50 } }),
    sprite: await create('image-sprite', { widthPx: 64, heightPx: 36, rows: 2, columns: 3, sampling: quarter }),
  }
}

import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { smallDisk, testMediaTools } from '@libs/testing'
import { z } from 'zod'
import { Lab } from './lab'
import { startCorpusProduct } from './product/corpus-product'
import { EventReceiver } from './product/event-receiver'
import { Rest } from './product/rest'
import { writeStubFfmpeg } from './product/stub-ffmpeg'
import { Authority } from './servers/certificates'
import { fakeNames } from './servers/fake-names'
import { Origins } from './servers/origins'
import { Trap } from './servers/trap'

export interface OpenLab {
  readonly lab: Lab
  readonly close: () => Promise<void>
}

const created = z.object({ definition: z.int() })

const smallDiskMb = 96

/** A product with little of everything, in whose tools' place is a stub. */
export async function openSmallLab(): Promise<OpenLab> {
  const folder = await mkdtemp(join(tmpdir(), 'stillflow-corpus-stub-'))
  const disk = await smallDisk(smallDiskMb)
  const ffmpeg = await writeStubFfmpeg(folder)
  const small = {
    ...{ FFMPEG_PATH: ffmpeg, MEDIA_MEMORY_MB: '400', MEDIA_STALL_SECONDS: '3', MEDIA_WALL_SECONDS: '60' },
    ...{ PULL_MAX_MB: '1024', MIN_FREE_DISK_MB: '16' },
    // Of the machine's own programs alone the sandbox has more than one.
    MEDIA_SANDBOX: testMediaTools().ffmpegPath.startsWith('/usr/') ? 'auto' : 'off',
  }
  const removeAll = async (): Promise<void> => {
    await disk?.remove()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const { lab, close } = await openLab(small, disk?.folder)
    return { lab, close: () => close().finally(removeAll) }
  } catch (thrown) {
    await removeAll()
    throw thrown
  }
}

/** Starts the product and the world around it. @param env laid over the product's settings */
export async function openLab(env: NodeJS.ProcessEnv = {}, storeDir?: string): Promise<OpenLab> {
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
    const product = await startCorpusProduct({
      folder: root,
      authority: authority.file,
      names: fakeNames,
      storeDir,
      env,
    })
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

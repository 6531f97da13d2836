import { readClock, type Region } from '@libs/testing'
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { parseSpriteCues } from '../../apps/standalone/src/demo/results/sprite-cues'
import type { Lab } from '../lab'
import type { ReportedSprite, ReportedStill, RunEnd } from '../product/run-report'

/** What pictures have to show. */
export interface Looks {
  /** Of the stills at offsets and of the cover, which are as large as the video is shown. */
  readonly sizePx?: readonly [width: number, height: number] | undefined
  /** The clip is a luma clock: each picture tells the second it is of. `startS`: what it shows first. */
  readonly clock?: { readonly startS?: number; readonly toleranceS?: number }
  /** The middle of each picture, red, green and blue of 0 to 255. */
  readonly colour?: readonly [number, number, number]
  /** Least spread of brightness inside a picture: what a flat, patched up one does not have. */
  readonly detail?: number
}

const colourTolerance = 24

/** Downloads the pictures of the tasks that succeeded and looks at each. @throws Error naming the first wrong one */
export async function lookAt({ tasks }: RunEnd, looks: Looks, lab: Lab): Promise<void> {
  for (const task of tasks) {
    if (task.output === undefined) continue
    if ('stills' in task.output) {
      const asLarge = task.kind === 'snapshotByTimeOffset' ? looks : { ...looks, sizePx: undefined }
      for (const still of task.output.stills) await lookAtStill(still, asLarge, lab)
    } else if ('cover' in task.output) await lookAtStill(task.output.cover, looks, lab)
    else await lookAtSprite(task.output, looks, lab)
  }
}

async function lookAtStill({ url, widthPx, heightPx, ptsMs }: ReportedStill, looks: Looks, lab: Lab): Promise<void> {
  const { path, sizePx } = await download(url, lab)
  const name = basename(url)
  if (sizePx[0] !== widthPx || sizePx[1] !== heightPx) throw new Error(`${name} is ${sizePx.join('x')} px`)
  if (looks.sizePx && sizePx.join('x') !== looks.sizePx.join('x')) {
    throw new Error(`${name} is ${sizePx.join('x')} px, not ${looks.sizePx.join('x')}`)
  }
  await lookInto(path, name, ptsMs, looks)
}

async function lookAtSprite(sprite: ReportedSprite, looks: Looks, lab: Lab): Promise<void> {
  const vtt = await (await get(sprite.vtt.url)).text()
  const cues = parseSpriteCues(vtt)
  if (cues.length !== sprite.cellCount) throw new Error(`${cues.length} cues of ${sprite.cellCount} cells`)
  const sheets = new Map<string, string>()
  for (const { url } of sprite.sheets) sheets.set(basename(url), (await download(url, lab)).path)
  for (const { sheet, startMs, xPx: leftPx, yPx: topPx, widthPx, heightPx } of cues) {
    const region = { leftPx, topPx, widthPx, heightPx }
    await lookInto(sheets.get(sheet) ?? '', `${sheet} at ${startMs} ms`, startMs, looks, region)
  }
}

async function lookInto(path: string, name: string, atMs: number, looks: Looks, region?: Region): Promise<void> {
  if (looks.clock !== undefined) {
    const { startS = 0, toleranceS = 0 } = looks.clock
    const shown = await readClock(path, region)
    const expected = startS + Math.floor(atMs / 1000 + 0.001)
    if (Math.abs(shown - expected) > toleranceS) throw new Error(`${name} shows second ${shown}, not ${expected}`)
  }
  if (looks.colour === undefined && looks.detail === undefined) return
  const part = region && { left: region.leftPx, top: region.topPx, width: region.widthPx, height: region.heightPx }
  const { data, info } = await (part ? sharp(path).extract(part) : sharp(path))
    .png()
    .toBuffer({ resolveWithObject: true })
  const { channels } = await sharp(data).stats()
  const spread = Math.max(...channels.map(({ stdev }) => stdev))
  if (looks.detail !== undefined && spread < looks.detail)
    throw new Error(`${name} is flat: spread ${spread.toFixed(1)}`)
  if (looks.colour === undefined) return
  const middle = { left: info.width >> 1, top: info.height >> 1, width: 1, height: 1 }
  const pixel = [...(await sharp(data).extract(middle).removeAlpha().raw().toBuffer())]
  if (!looks.colour.every((value, channel) => Math.abs(value - (pixel[channel] ?? -999)) <= colourTolerance)) {
    throw new Error(`${name} is rgb(${pixel.join(', ')}), not rgb(${looks.colour.join(', ')})`)
  }
}

let downloads = 0

async function download(url: string, lab: Lab): Promise<{ path: string; sizePx: readonly [number, number] }> {
  downloads += 1
  const path = join(lab.world.folder, `download-${downloads}-${basename(url)}`)
  await writeFile(path, Buffer.from(await (await get(url)).arrayBuffer()))
  const { width, height } = await sharp(path, { failOn: 'warning' }).metadata()
  return { path, sizePx: [width, height] }
}

async function get(url: string): Promise<Response> {
  const response = await fetch(url)
  if (response.ok) return response
  throw new Error(`${url} was answered ${response.status}`)
}

import { createWriteStream, mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { decodePicture, type PictureSize } from './check-picture'
import { DemoFailure } from '../demo-failure'
import type { PageFigure, PageSection } from '../page/page'
import type { TaskReport } from '../api/run-report'
import { parseSpriteCues, type SpriteCue } from './sprite-cues'

export interface Collecting {
  readonly outDir: string
  readonly ffprobePath: string
  /** Length of the video, which the sprite's cues have to tile. */
  readonly durationMs: number
}

/**
 * Downloads what a task made into `<outDir>/pictures/<place>-<kind>` and checks it: every picture decodes and has the
 * size promised, every cell lies in its sheet, the cues tile the video.
 * @throws DemoFailure `badFile`
 */
export async function collectTask(task: TaskReport, place: number, to: Collecting): Promise<PageSection> {
  const title = task.kind.replaceAll('-', ' ')
  if (task.fault !== undefined) return { title, fault: `${task.fault.code}: ${task.fault.detail}`, figures: [] }
  const folder = ['pictures', `${place}-${task.kind}`].join('/')
  mkdirSync(join(to.outDir, folder), { recursive: true })
  const figures: PageFigure[] = []
  for (const { url, atMs, ...promised } of task.stills) {
    const path = await collect(url, folder, to)
    figures.push({ path, caption: `${(atMs / 1000).toFixed(2)} s`, ...(await check(path, promised, to)) })
  }
  if (task.sprite === undefined) return { title, figures }
  const cues = await collectCues(task.sprite.vttUrl, folder, to)
  for (const url of task.sprite.sheetUrls) {
    const path = await collect(url, folder, to)
    const cells = cues.filter(({ sheet }) => sheet === basename(path))
    if (cells.length === 0) throw new DemoFailure('badFile', `No cue of the VTT points into ${path}.`)
    figures.push({ path, caption: spanOf(cells), ...(await check(path, sizeOfSheet(cells), to)) })
  }
  const astray = cues.find(({ sheet }) => !figures.some(({ path }) => basename(path) === sheet))
  if (astray) throw new DemoFailure('badFile', `The VTT points into ${astray.sheet}, which is not among the sheets.`)
  return { title, figures, cues: cues.map((cue) => ({ ...cue, sheet: `${folder}/${cue.sheet}` })) }
}

async function collectCues(vttUrl: string, folder: string, to: Collecting): Promise<SpriteCue[]> {
  const file = join(to.outDir, await collect(vttUrl, folder, to))
  const cues = parseSpriteCues(readFileSync(file, 'utf8'))
  const endMs = cues.at(-1)?.endMs ?? 0
  if (Math.abs(endMs - to.durationMs) > 1) {
    throw new DemoFailure('badFile', `${file} ends at ${endMs} ms, the video at ${to.durationMs} ms.`)
  }
  return cues
}

/** Downloads a file under its own name. @returns its path relative to the output folder, with slashes */
async function collect(url: string, folder: string, { outDir }: Collecting): Promise<string> {
  const path = `${folder}/${basename(new URL(url).pathname)}`
  await download(url, join(outDir, path))
  return path
}

/** @throws DemoFailure `badFile` when the URL does not answer with the file */
export async function download(url: string, file: string): Promise<void> {
  const response = await fetch(url)
  if (!response.ok || response.body === null)
    throw new DemoFailure('badFile', `${url} was answered ${response.status}.`)
  await pipeline(Readable.fromWeb(response.body), createWriteStream(file))
}

async function check(path: string, promised: PictureSize, { outDir, ffprobePath }: Collecting): Promise<PictureSize> {
  const { widthPx, heightPx } = await decodePicture(ffprobePath, join(outDir, path))
  if (widthPx === promised.widthPx && heightPx === promised.heightPx) return promised
  throw new DemoFailure(
    'badFile',
    `${path} is ${widthPx}×${heightPx}, but ${promised.widthPx}×${promised.heightPx} was promised.`,
  )
}

function sizeOfSheet(cells: readonly SpriteCue[]): PictureSize {
  return {
    widthPx: Math.max(0, ...cells.map(({ xPx, widthPx }) => xPx + widthPx)),
    heightPx: Math.max(0, ...cells.map(({ yPx, heightPx }) => yPx + heightPx)),
  }
}

function spanOf(cells: readonly SpriteCue[]): string {
  const seconds = (ms = 0): string => `${(ms / 1000).toFixed(2)} s`
  return `${cells.length} cells, ${seconds(cells[0]?.startMs)} to ${seconds(cells.at(-1)?.endMs)}`
}

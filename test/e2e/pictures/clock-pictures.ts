import { readClock, type Region } from '@libs/testing'
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseSpriteCues, type SpriteCue } from '../../../apps/standalone/src/demo/results/sprite-cues'

/** Downloads results and reads what time their pictures show. */
export class ClockPictures {
  private downloads = 0

  /** @param folder for the downloaded files */
  constructor(private readonly folder: string) {}

  /** The seconds that the pictures show. */
  async secondsOf(urls: readonly string[]): Promise<readonly number[]> {
    const files = await Promise.all(urls.map((url) => this.download(url)))
    return Promise.all(files.map((file) => readClock(file)))
  }

  /**
   * The cues of a sprite, which leave no gap, with the second that the cell of each shows.
   * @throws when a cue points at none of the sheets
   */
  async cuesOf(vttUrl: string, sheetUrls: readonly string[]): Promise<readonly (SpriteCue & { shows: number })[]> {
    const vtt = await (await get(vttUrl)).text()
    const sheets = new Map<string, string>()
    for (const url of sheetUrls) sheets.set(basename(url), await this.download(url))
    return Promise.all(
      parseSpriteCues(vtt).map(async (cue) => {
        const file = sheets.get(cue.sheet)
        if (file === undefined) throw new Error(`${cue.sheet} is no sheet of the sprite.`)
        return { ...cue, shows: await readClock(file, regionOf(cue)) }
      }),
    )
  }

  private async download(url: string): Promise<string> {
    this.downloads += 1
    const file = join(this.folder, `${this.downloads}-${basename(url)}`)
    await writeFile(file, Buffer.from(await (await get(url)).arrayBuffer()))
    return file
  }
}

function regionOf({ xPx: leftPx, yPx: topPx, widthPx, heightPx }: SpriteCue): Region {
  return { leftPx, topPx, widthPx, heightPx }
}

async function get(url: string): Promise<Response> {
  const response = await fetch(url)
  if (response.ok) return response
  throw new Error(`${url} was answered ${response.status}.`)
}

import { join } from 'node:path'
import { atATime, runTool } from './run-tool'
import { framesSought, manyInputs } from './still-ways'
import { jpeg, quiet, type Shoot, way, type Way } from './way'

export interface SpriteShape {
  readonly columns: number
  readonly rows: number
  readonly widthPx: number
  readonly heightPx: number
  readonly everyS: number
}

/** Every way to sprite sheets that is not ours. */
export function spriteWays(shoot: Shoot, shape: SpriteShape): readonly Way[] {
  const full = { shows: 'another', decodes: shoot.facts.packets.length } as const
  const sought = { shows: 'next', decodes: framesSought(shoot) } as const
  const oneThread = { name: 'as Jellyfin trickplay: full decode in one thread', of: 'peer', ...full } as const
  const keyframes = { name: 'as Jellyfin trickplay, keyframes only', of: 'peer', shows: 'keyframe' } as const
  const cells = new CellWays(shoot, shape)
  return [
    way({ name: 'fps and tile in one full decode', of: 'plain', ...full }, (folder) => cells.inOnePass(folder)),
    way({ name: 'several -ss t -i in each of two processes', of: 'plain', ...sought }, (folder) =>
      cells.bySeveralInputs(folder),
    ),
    way({ name: 'as PeerTube: one -ss t -i a cell', of: 'peer', ...sought }, (folder) => cells.bySeeking(folder)),
    way({ ...oneThread, decodes: 2 * full.decodes }, (folder) => cells.byScanning(folder, ['-threads', '1'])),
    way({ ...keyframes, decodes: shoot.atS.length }, (folder) =>
      cells.byScanning(folder, ['-threads', '1', '-skip_frame', 'nokey']),
    ),
  ]
}

/** Ways to the cells; those that do not make sheets by the way have one more ffmpeg tile them. */
class CellWays {
  private readonly cell: string
  private readonly rate: string
  private readonly tile: string

  constructor(
    private readonly shoot: Shoot,
    { widthPx, heightPx, columns, rows, everyS }: SpriteShape,
  ) {
    this.cell = `scale=${widthPx}:${heightPx}`
    this.rate = `fps=1/${everyS}`
    this.tile = `tile=${columns}x${rows}`
  }

  inOnePass(folder: string): Promise<string> {
    const filter = `${this.rate},${this.cell},${this.tile}`
    return this.ffmpeg(['-i', this.shoot.facts.path, '-vf', filter, ...jpeg, sheets(folder)])
  }

  async bySeveralInputs(folder: string): Promise<void> {
    await manyInputs(this.shoot, this.cell, (index) => cellAt(folder, index))
    await this.tileCells(folder)
  }

  async bySeeking(folder: string): Promise<void> {
    const { facts, atS } = this.shoot
    await atATime(1, atS, (at, index) => {
      const output = ['-map', '0:v:0', '-frames:v', '1', '-vf', this.cell, ...jpeg, cellAt(folder, index)]
      return this.ffmpeg(['-ss', String(at), '-i', facts.path, ...output])
    })
    await this.tileCells(folder)
  }

  async byScanning(folder: string, options: readonly string[]): Promise<void> {
    const output = ['-vf', `${this.rate},${this.cell}`, ...jpeg, cellsOf(folder)]
    await this.ffmpeg([...options, '-i', this.shoot.facts.path, ...output])
    await this.tileCells(folder)
  }

  private tileCells(folder: string): Promise<string> {
    return this.ffmpeg(['-framerate', '1', '-i', cellsOf(folder), '-vf', this.tile, ...jpeg, sheets(folder)])
  }

  private ffmpeg(args: readonly string[]): Promise<string> {
    return runTool(this.shoot.tools.ffmpegPath, [...quiet, ...args])
  }
}

function sheets(folder: string): string {
  return join(folder, 'sheet%02d.jpg')
}

function cellsOf(folder: string): string {
  return join(folder, 'cell%04d.jpg')
}

/** Numbered from 1, as ffmpeg's own. */
function cellAt(folder: string, index: number): string {
  return cellsOf(folder).replace('%04d', String(index + 1).padStart(4, '0'))
}

import type { SourceFile } from '@libs/tasks'
import { MalformedEbml } from './ebml'

const firstBytes = 64 * 1024
const mostBytes = 4 * 1024 * 1024

/** A file read forwards in pieces that grow while what is asked for lies behind each other. */
export class ByteWindow {
  private startBytes = 0
  private bytes: Buffer = Buffer.alloc(0)

  constructor(
    private readonly source: SourceFile,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * What the window holds from a position on.
   * @returns at least `lengthBytes`; fewer only at the end of the file
   * @throws AppError `media.notAccessible`
   */
  async from(positionBytes: number, lengthBytes: number): Promise<Buffer> {
    const offset = positionBytes - this.startBytes
    if (offset >= 0 && offset + lengthBytes <= this.bytes.length) return this.bytes.subarray(offset)
    const follows = this.bytes.length > 0 && offset >= 0 && offset <= 2 * this.bytes.length
    const pieceBytes = follows ? Math.min(mostBytes, 2 * this.bytes.length) : firstBytes
    this.bytes = await this.source.read(positionBytes, Math.max(pieceBytes, lengthBytes), this.signal)
    this.startBytes = positionBytes
    return this.bytes
  }

  /** All of a stretch. @throws MalformedEbml when the file ends before it does */
  async stretch(positionBytes: number, lengthBytes: number): Promise<Buffer> {
    const bytes = await this.from(positionBytes, lengthBytes)
    if (bytes.length < lengthBytes) throw new MalformedEbml('The file ends before an element does.')
    return bytes.subarray(0, lengthBytes)
  }
}

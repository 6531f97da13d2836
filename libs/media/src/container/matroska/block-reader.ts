import type { ByteWindow } from './byte-window'
import type { Element } from './ebml'
import { MalformedEbml, maxHeaderBytes, readElementHeader, readUnsigned, readVint } from './ebml'
import { elementIds } from './element-ids'
import type { MatroskaTrack } from './read-track'

/** A coded frame of the track, and where its bytes lie in the file. */
export interface Block {
  readonly ptsTicks: number
  readonly keyframe: boolean
  /** False for a picture that only others refer to. */
  readonly isShown: boolean
  readonly positionBytes: number
  readonly sizeBytes: number
}

/** Track number, time against the cluster, flags (RFC 9559, section 10.1). */
const maxBlockHeaderBytes = 8 + 2 + 1
const keyframeFlag = 0x80
const lacingFlags = 0x06
/** Sound and subtitles between two frames; far more than that is a track that has ended. */
const mostSkippedElements = 100_000

/** Walks through clusters, and gives the blocks of one track in the order that they have in the file. */
export class BlockReader {
  private at = 0
  /** Of the cluster that the walk is in; Infinity where it does not say its size. */
  private clusterEnd = 0
  private clusterTicks: number | undefined

  constructor(
    private readonly window: ByteWindow,
    private readonly track: MatroskaTrack,
    private readonly segmentEnd: number,
  ) {}

  get positionBytes(): number {
    return this.at
  }

  /** Goes on at a cluster. */
  seek(positionBytes: number): void {
    this.at = positionBytes
    this.clusterEnd = 0
  }

  /**
   * @returns undefined at the end of the segment
   * @throws MalformedEbml where the elements contradict each other, or only ffmpeg knows what they are
   */
  async next(): Promise<Block | undefined> {
    for (let skipped = 0; this.at < this.segmentEnd; skipped += 1) {
      if (skipped > mostSkippedElements) throw new MalformedEbml('The track has no blocks for too long.')
      if (this.at >= this.clusterEnd) this.clusterTicks = undefined
      const isOutside = this.at >= this.clusterEnd || this.clusterEnd === Infinity
      const element = await this.elementAt(this.at, Math.min(this.segmentEnd, isOutside ? Infinity : this.clusterEnd))
      if (element.id === elementIds.cluster) {
        if (!isOutside) throw new MalformedEbml('A cluster is inside another one.')
        this.clusterEnd = element.end
        this.clusterTicks = undefined
        this.at = element.start
      } else {
        this.at = element.end
        const block = await this.read(element)
        if (block !== undefined) return block
      }
    }
    return undefined
  }

  private async elementAt(at: number, limit: number): Promise<Element> {
    const { id, headerBytes, sizeBytes } = readElementHeader(await this.window.from(at, maxHeaderBytes), 0)
    const start = at + headerBytes
    const end = start + (sizeBytes ?? Infinity)
    const mayBeOpen = id === elementIds.cluster && sizeBytes === undefined
    if (end > limit && !mayBeOpen) throw new MalformedEbml('An element is larger than what it is in.')
    return { id, headerStart: at, start, end }
  }

  private async read(element: Element): Promise<Block | undefined> {
    const { id, start, end } = element
    if (id === elementIds.timestamp) {
      const bytes = await this.window.stretch(start, Math.min(end - start, maxHeaderBytes))
      this.clusterTicks = readUnsigned(bytes, { start: 0, end: end - start })
    } else if (id === elementIds.encryptedBlock) throw new MalformedEbml('A block is encrypted.')
    else if (id === elementIds.blockGroup) return this.readGroup(element)
    return id === elementIds.simpleBlock ? this.readBlock(element) : undefined
  }

  /** A block that refers to no other is a keyframe (RFC 9559, section 5.1.3.5). */
  private async readGroup({ start, end }: Element): Promise<Block | undefined> {
    let block: Element | undefined
    let keyframe = true
    for (let at = start; at < end;) {
      const child = await this.elementAt(at, end)
      if (child.id === elementIds.block) block = child
      if (child.id === elementIds.referenceBlock) keyframe = false
      at = child.end
    }
    return block && this.readBlock(block, keyframe)
  }

  private async readBlock({ start, end }: Element, keyframe?: boolean): Promise<Block | undefined> {
    const head = await this.window.stretch(start, Math.min(end - start, maxBlockHeaderBytes + 1))
    const { value, lengthBytes } = readVint(head, 0)
    if (value !== this.track.number) return undefined
    if (head.length < lengthBytes + 4) throw new MalformedEbml('A block has no frame.')
    const flags = head.readUInt8(lengthBytes + 2)
    const positionBytes = start + lengthBytes + 3
    const ptsTicks = (this.clusterTicks ?? -Infinity) + head.readInt16BE(lengthBytes)
    if ((flags & lacingFlags) !== 0) throw new MalformedEbml('Several frames are in one block.')
    if (ptsTicks < 0) throw new MalformedEbml('A block has no time.')
    return {
      ptsTicks,
      keyframe: keyframe ?? (flags & keyframeFlag) !== 0,
      isShown: await this.shows(head.readUInt8(lengthBytes + 3), end - 1),
      positionBytes,
      sizeBytes: end - positionBytes,
    }
  }

  private async shows(first: number, lastPosition: number): Promise<boolean> {
    const { mayHide } = this.track.codec
    return !mayHide?.(first, (await this.window.stretch(lastPosition, 1)).readUInt8())
  }
}

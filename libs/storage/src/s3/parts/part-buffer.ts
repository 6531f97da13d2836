/** Ten thousand parts, the most that S3 takes, make 78 GiB. */
export const partBytes = 8 * 1024 * 1024

/** The bytes of one part at a time, in memory that grows to a part's size once and is filled again for later parts. */
export class PartBuffer {
  /** What the bytes are being sent by: they may not be touched before it has ended. */
  sending: Promise<void> = Promise.resolve()
  private buffer = Buffer.alloc(0)
  private filledBytes = 0

  get bytes(): Buffer {
    return this.buffer.subarray(0, this.filledBytes)
  }

  /** @returns what there was no room for */
  fill(chunk: Buffer): Buffer {
    const takenBytes = Math.min(chunk.length, partBytes - this.filledBytes)
    this.makeRoom(this.filledBytes + takenBytes)
    this.filledBytes += chunk.copy(this.buffer, this.filledBytes, 0, takenBytes)
    return chunk.subarray(takenBytes)
  }

  empty(): void {
    this.filledBytes = 0
  }

  private makeRoom(wantedBytes: number): void {
    if (wantedBytes <= this.buffer.length) return
    const larger = Buffer.allocUnsafeSlow(Math.min(partBytes, Math.max(wantedBytes, 2 * this.buffer.length)))
    this.bytes.copy(larger)
    this.buffer = larger
  }
}

import { SourceFile } from '@libs/tasks'
import type { Stats } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { missingFile, replacedFile } from '../storage-fault'

/** A media file on this machine's own disk: nothing is copied. */
export class LocalFile extends SourceFile {
  override readonly isRemote = false

  override readonly sizeBytes: number

  /** @param opened what the file is like */
  constructor(
    private readonly path: string,
    private readonly opened: Pick<Stats, 'size' | 'mtimeMs' | 'ino'>,
  ) {
    super()
    this.sizeBytes = opened.size
  }

  override async read(positionBytes: number, lengthBytes: number, _signal: AbortSignal): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(lengthBytes, this.sizeBytes - positionBytes)))
    const handle = await open(this.path, 'r').catch((cause: unknown) => {
      throw missingFile(cause)
    })
    try {
      let had = 0
      while (had < buffer.length) {
        const { bytesRead } = await handle.read(buffer, had, buffer.length - had, positionBytes + had)
        if (bytesRead === 0) break
        had += bytesRead
      }
      return buffer.subarray(0, had)
    } finally {
      await handle.close()
    }
  }

  override async localPath(_signal: AbortSignal): Promise<string> {
    return this.path
  }

  override async assertUnchanged(): Promise<void> {
    const now = await stat(this.path).catch((cause: unknown) => {
      throw missingFile(cause)
    })
    const { size, mtimeMs, ino } = this.opened
    if (now.size !== size || now.mtimeMs !== mtimeMs || now.ino !== ino) throw replacedFile()
  }
}

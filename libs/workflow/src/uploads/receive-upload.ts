import { AppError, type Clock } from '@libs/kernel'
import type { SourceStore } from '@libs/tasks'
import type { Readable } from 'node:stream'
import type { StoredFiles } from '../ports/stored-files.port'
import type { UnitOfWork } from '../ports/stores/unit-of-work.port'
import { partKey, type Upload } from './upload'

/** Of one that comes in parts. */
export const mostParts = 10_000

/** Which of its bytes are brought: all of the media, one part of it, or its cover. */
export type UploadTarget = 'whole' | 'cover' | { readonly part: number }

/** What somebody brings. */
export interface BroughtBytes {
  readonly stream: Readable
  /** How much it is, where that is known before it comes. */
  readonly announcedBytes?: number | undefined
}

/** A part that is there. */
export interface ReceivedPart {
  readonly part: number
  readonly sizeBytes: number
}

/** Takes the bytes of uploads; what breaks off leaves nothing, and may be brought again. */
export class ReceiveUpload {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly sources: SourceStore,
    private readonly files: StoredFiles,
  ) {}

  /** @throws AppError `upload.notFound`, `storage.full`, `storage.failed` */
  async execute(token: string, target: UploadTarget, { stream, announcedBytes }: BroughtBytes): Promise<void> {
    const upload = await this.open(token)
    const key = keyOf(upload, target)
    if (key === undefined) throw new AppError('upload.notFound', 'No cover was announced.', { field: 'token' })
    await this.sources.put(key, stream, { announcedBytes })
  }

  /** The parts that are there, in their order. @throws AppError `upload.notFound` */
  async parts(token: string): Promise<readonly ReceivedPart[]> {
    const upload = await this.open(token)
    const found: ReceivedPart[] = []
    for (let part = 1, missing = 0; part <= mostParts && missing < longestGap; part += 1) {
      const file = await this.files.find(partKey(upload, part))
      missing = file === undefined ? missing + 1 : 0
      if (file !== undefined) found.push({ part, sizeBytes: file.sizeBytes })
    }
    return found
  }

  private async open(token: string): Promise<Upload> {
    const upload = await this.unitOfWork.stores.uploads.find(token)
    const isOpen = upload?.committedAs === undefined && (upload?.deadline.getTime() ?? 0) > this.clock.nowMs()
    if (upload !== undefined && upload.growing === undefined && isOpen) return upload
    throw new AppError('upload.notFound', 'There is no such upload, or it is over.', { field: 'token' })
  }
}

/** Uploaders send several parts at a time. */
const longestGap = 32

function keyOf(upload: Upload, target: UploadTarget): string | undefined {
  if (target === 'whole') return upload.media.sourceKey
  return target === 'cover' ? upload.coverKey : partKey(upload, target.part)
}

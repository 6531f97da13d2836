import type { SubAppId } from '@libs/kernel'
import type { ImageNormalizer, SourceStore, WatermarkImage } from '@libs/tasks'
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'

/** Keeps the images of watermarks under names made of their bytes: never changed and never removed, for runs refer to them. */
export class WatermarkImages {
  constructor(
    private readonly normalizer: ImageNormalizer,
    private readonly sources: SourceStore,
  ) {}

  /**
   * @param bytes a JPEG, PNG or GIF
   * @throws AppError `request.invalidValue` with the field `image`, `storage.full`, `storage.failed`
   */
  async keep(subAppId: SubAppId, bytes: Buffer): Promise<WatermarkImage> {
    const { png, widthPx, heightPx } = await this.normalizer.normalize(bytes)
    const digest = createHash('sha256').update(png).digest('hex')
    const key = `watermarks/${subAppId}/${digest}.png`
    await this.sources.put(key, Readable.from([png]))
    return { key, widthPx, heightPx }
  }
}

import type { SubAppId } from '@libs/kernel'
import type { WatermarkImage } from '@libs/tasks'
import type { IdempotencyKey } from '../ports/stores/callers/idempotency-key.store.port'
import type { NewTemplate } from '../ports/stores/template.store.port'
import type { ChangeTemplate } from '../templates/change-template'
import type { CreateTemplate } from '../templates/create-template'
import type { Template } from '../templates/template'
import type { WatermarkImages } from './watermark-images'

type NewWatermark = NewTemplate<'watermark'>

export interface CreatedWatermark {
  readonly definition: number
  readonly image: WatermarkImage | undefined
}

export class CreateWatermark {
  constructor(
    private readonly createTemplate: CreateTemplate,
    private readonly images: WatermarkImages,
  ) {}

  /**
   * @param bytes the image to draw, of a watermark that is one
   * @param complete makes the template with the image where it is kept
   * @param key under which it is done once: the same image is kept in the same place
   * @throws AppError `template.limitReached`, what `runOnce` throws, and what `WatermarkImages.keep` and `complete` throw
   */
  async execute(
    subAppId: SubAppId,
    bytes: Buffer | undefined,
    complete: (image: WatermarkImage | undefined) => NewWatermark,
    key?: IdempotencyKey,
  ): Promise<CreatedWatermark> {
    const image = bytes && (await this.images.keep(subAppId, bytes))
    return { definition: await this.createTemplate.execute(subAppId, complete(image), { key }), image }
  }
}

export class ChangeWatermark {
  constructor(
    private readonly changeTemplate: ChangeTemplate,
    private readonly images: WatermarkImages,
  ) {}

  /**
   * @param bytes another image, if there is to be one
   * @param revise makes the new template of the one that is there
   * @returns the other image
   * @throws AppError `template.notFound`, and what `WatermarkImages.keep` and `revise` throw
   */
  async execute(
    subAppId: SubAppId,
    definition: number,
    bytes: Buffer | undefined,
    revise: (current: Template<'watermark'>, image: WatermarkImage | undefined) => NewWatermark,
  ): Promise<WatermarkImage | undefined> {
    const image = bytes && (await this.images.keep(subAppId, bytes))
    const id = { template: 'watermark', definition } as const
    await this.changeTemplate.execute(subAppId, id, (current) => revise(current, image))
    return image
  }
}

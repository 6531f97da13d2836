import type { TaskInput } from '../kind'
import type { MediaInfo } from '../media-info'
import type { ImageSpritesRequest, ImageSpritesSettings } from './image-sprites.input'

export interface ImageSpritesPlan {
  readonly todo: true
}

export function planImageSprites(
  _input: TaskInput<ImageSpritesSettings, ImageSpritesRequest>,
  _media: MediaInfo,
): ImageSpritesPlan {
  throw new Error('not built yet')
}

import type { ExecutionContext } from '../kind'
import type { ImageSpritesOutput } from './image-sprites.output'
import type { ImageSpritesPlan } from './image-sprites.plan'

export function executeImageSprites(
  _plan: ImageSpritesPlan,
  _context: ExecutionContext,
  _signal: AbortSignal,
): Promise<ImageSpritesOutput> {
  throw new Error('not built yet')
}

import { z } from 'zod'
import { definition } from '../protocol/fields'
import type { KindCodec } from './kind-codec'

const input = z
  .strictObject({ Definition: definition })
  .transform(({ Definition }) => ({ kind: 'imageSprites' as const, definition: Definition, request: {} }))

/** ImageSpriteTaskInput and MediaImageSpriteItem; the type is plural, the member is not. */
export const imageSpritesCodec: KindCodec<'imageSprites'> = {
  set: 'ImageSpriteTaskSet',
  type: 'ImageSprites',
  member: 'ImageSpriteTask',
  input,
  encode: ({ definition }) => ({ Definition: definition }),

  output: ({ definition, output }, urls) => ({
    Definition: definition,
    Height: output.cellHeightPx,
    Width: output.cellWidthPx,
    TotalCount: output.cellCount,
    ImageUrlSet: output.sheets.map(({ key }) => urls.urlOf(key)),
    WebVttUrl: urls.urlOf(output.vtt.key),
  }),
}

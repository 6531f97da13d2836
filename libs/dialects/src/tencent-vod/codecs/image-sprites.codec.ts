import { z } from 'zod'
import { definition } from '../protocol/fields'
import { accuracyShape, decodeAccuracy, encodeAccuracy } from './frame-accuracy.codec'
import type { KindCodec } from './kind-codec'

const input = z.strictObject({ Definition: definition, ...accuracyShape }).transform(({ Definition, ...rest }) => ({
  kind: 'imageSprites' as const,
  definition: Definition,
  request: decodeAccuracy(rest),
}))

/** ImageSpriteTaskInput and MediaImageSpriteItem; the type is plural, the member is not. */
export const imageSpritesCodec: KindCodec<'imageSprites'> = {
  set: 'ImageSpriteTaskSet',
  type: 'ImageSprites',
  member: 'ImageSpriteTask',
  input,
  encode: ({ definition = 0, request }) => ({ Definition: definition, ...encodeAccuracy(request) }),

  output: ({ definition = 0, output }, urls) => ({
    Definition: definition,
    Height: output.cellHeightPx,
    Width: output.cellWidthPx,
    TotalCount: output.cellCount,
    ImageUrlSet: output.sheets.map(({ key }) => urls.urlOf(key)),
    WebVttUrl: urls.urlOf(output.vtt.key),
  }),
}

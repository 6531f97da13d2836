import type { PictureKindName } from '@libs/tasks'
import { coverBySnapshotCodec } from './cover-by-snapshot.codec'
import { imageSpritesCodec } from './image-sprites.codec'
import type { KindCodec } from './kind-codec'
import { sampleSnapshotCodec } from './sample-snapshot.codec'
import { snapshotByTimeOffsetCodec } from './snapshot-by-time-offset.codec'

/** Every kind in the vendor's words. */
export const kindCodecs: { readonly [Kind in PictureKindName]: KindCodec<Kind> } = {
  snapshotByTimeOffset: snapshotByTimeOffsetCodec,
  sampleSnapshot: sampleSnapshotCodec,
  imageSprites: imageSpritesCodec,
  coverBySnapshot: coverBySnapshotCodec,
}

import type { KindName, OutputOf } from '@libs/tasks'
import { aMediaInfo } from './media'

const artifact = { key: 'artifacts/0/1/still-0.jpg', sizeBytes: 1_000 }
const still = { artifact, widthPx: 640, heightPx: 360, atMs: 3_500, ptsMs: 3_480 }

/** An output of each kind as a worker would bring it. */
export const anOutput: { readonly [Name in KindName]: OutputOf<Name> } = {
  snapshotByTimeOffset: { stills: [still] },
  sampleSnapshot: { stills: [still] },
  imageSprites: { cellWidthPx: 142, cellHeightPx: 80, cellCount: 10, sheets: [artifact], vtt: artifact },
  coverBySnapshot: { cover: still },
  ingest: { media: aMediaInfo },
}

import { statSync } from 'node:fs'
import { LocalFile } from '@libs/storage'
import { pictureDefaults } from '@libs/tasks'
import type { GrabRequest, PictureEncoding } from '@libs/tasks'

type Given = Pick<GrabRequest, 'media' | 'atMs' | 'folder'> &
  Partial<Pick<GrabRequest, 'geometry' | 'accuracy'>> &
  Partial<PictureEncoding> & { readonly path: string }

/** A request for exact JPEGs of 80 x 46 px from a local file, unless it says otherwise. */
export function aGrab({ path, media, atMs, folder, ...given }: Given): GrabRequest {
  return {
    source: new LocalFile(path, statSync(path)),
    media,
    atMs,
    folder,
    geometry: given.geometry ?? { widthPx: 80, heightPx: 46, fill: 'black' },
    encoding: {
      format: given.format ?? 'jpg',
      quality: given.quality ?? pictureDefaults.quality,
      chroma: given.chroma ?? pictureDefaults.chroma,
    },
    accuracy: given.accuracy ?? pictureDefaults.accuracy,
  }
}

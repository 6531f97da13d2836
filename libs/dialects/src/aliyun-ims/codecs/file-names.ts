import { fileName, type ImageFormat, imageFormat, vttFileName } from '@libs/tasks'
import { decodeOssFile, type OutputPlace, refuse } from './place.codec'
import type { DecodedConfig, SnapshotConfig, SnapshotType } from './snapshot-config.codec'

/** Where the files of a job go, and what they are called: patterns for pictures or sheets, and the WebVTT of sprites. */
interface FileNames {
  readonly bucket?: string
  readonly pictures: string
  readonly vtt?: string
}

const field = 'Output.Media'

/** With a media, files have names that tell the types apart. */
const beside: Readonly<Record<SnapshotType, FileNames>> = {
  Normal: { pictures: 'snapshot-{index}.{format}' },
  Sprite: { pictures: 'sprite-{index}.{format}' },
  WebVtt: { pictures: 'snapshot-{index}.{format}', vtt: 'snapshot.vtt' },
}

/** A sprite has a WebVTT here, which the vendor's has not: it is called like a sheet before the first. */
function vttOfSheets(pictures: string): string {
  const name = pictures.replaceAll('{index}', '00000')
  return `${name.replace(/\.[A-Za-z0-9]*$/, '')}.vtt`
}

/**
 * IMS, "SubmitSnapshotJob", Output: several pictures need `{Count}`, sprites `{TileCount}`, and a WebVTT's name ends in
 * `.vtt`; its pictures are named after it.
 * @throws AppError `request.invalidValue`
 */
export function decodeFileNames(
  output: OutputPlace,
  { Type, Count }: Pick<SnapshotConfig, 'Type' | 'Count'>,
): FileNames {
  if (output.Type === 'Media') return beside[Type]
  const { bucket, object } = decodeOssFile(output.Media ?? '', field)
  if (Type === 'WebVtt') {
    if (!vttFileName.safeParse(object).success)
      throw refuse('The name of a WebVTT is expected, ending in ".vtt".', field)
    return { bucket, pictures: checked(`${object.slice(0, -'.vtt'.length)}-{index}.jpg`), vtt: object }
  }
  const counter = Type === 'Sprite' ? '{TileCount}' : '{Count}'
  const needsCounter = Type === 'Sprite' || Count !== 1
  if (needsCounter && !object.includes(counter)) throw refuse(`The name of several files needs ${counter}.`, field)
  const pictures = checked(object.replaceAll(counter, '{index}'))
  return { bucket, pictures, ...(Type === 'Sprite' && { vtt: vttOfSheets(pictures) }) }
}

/** Braces are those of our own patterns only. */
function checked(pattern: string): string {
  const named = fileName.safeParse(pattern)
  if (named.success) return pattern
  throw refuse(named.error.issues[0]?.message ?? '', field)
}

/** Pictures have the format that their name says; the vendor has JPEGs alone. */
export function formatOf(pictures: string): ImageFormat {
  return imageFormat.safeParse(/\.([a-z]+)$/.exec(pictures)?.[1]).data ?? 'jpg'
}

/** Which of the vendor's types a sprite of ours is, by the name of its WebVTT. */
export function spriteTypeOf(
  { delivery }: Extract<DecodedConfig, { template: 'imageSprite' }>['settings'],
  request: { readonly fileName?: string | undefined; readonly vttFileName?: string | undefined },
): 'Sprite' | 'WebVtt' {
  const { fileName: sheets = '', vttFileName: vtt } = request
  return delivery === 'cells' || (vtt !== undefined && vtt !== vttOfSheets(sheets)) ? 'WebVtt' : 'Sprite'
}

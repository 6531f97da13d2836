import { AppError, type MediaId } from '@libs/kernel'
import { bucketName, objectName } from '@libs/tasks'
import { parseHttpUrl, type RunSource } from '@libs/workflow'
import { z } from 'zod'
import { decodeMediaId } from '../../aliyun-rpc/snapshots/ids'
import { oneOf, string } from '../../parameters/fields'

const longestPlace = 2048
const Type = oneOf(['OSS', 'Media'])

/** Where a job takes its video from. */
export const inputPlace = z.strictObject({ Type, Media: string(longestPlace) })

/** Where a job's files go; with the media that they are of, no more need be said. */
export const outputPlace = z.strictObject({ Type, Media: string(longestPlace).optional() })

export type InputPlace = z.output<typeof inputPlace>
export type OutputPlace = z.output<typeof outputPlace>

/** An object of OSS. */
interface OssFile {
  readonly bucket: string
  readonly object: string
  /** The region, where it is said. */
  readonly location?: string | undefined
}

const ossUrl = /^oss:\/\/([^/]+)\/(.+)$/s
const ossHost = /^([a-z0-9-]+)\.(oss-[a-z0-9-]+)\.aliyuncs\.com$/

/** `oss://bucket/object`, or `https://bucket.oss-region.aliyuncs.com/object`. @returns undefined for what is neither */
export function readOssFile(text: string): OssFile | undefined {
  const [, bucket, object] = ossUrl.exec(text) ?? []
  if (bucket !== undefined && object !== undefined) return { bucket, object }
  const url = parseHttpUrl(text)
  const [, host, location] = ossHost.exec(url?.hostname ?? '') ?? []
  if (url === undefined || host === undefined) return undefined
  return { bucket: host, object: decoded(url.pathname.slice(1)), location }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** @throws AppError `request.invalidValue` for what is no place in a bucket */
export function decodeOssFile(text: string, field: string): OssFile {
  const file = readOssFile(text)
  if (file === undefined) throw refuse('oss://bucket/object is expected.', field)
  if (bucketName.safeParse(file.bucket).success) return file
  throw refuse('A bucket has 3 to 63 lower-case letters, digits and hyphens.', field)
}

/** @throws AppError `request.invalidValue`, `media.notFound` */
export function decodeInput({ Type: type, Media }: InputPlace): RunSource {
  const field = 'Input.Media'
  if (type === 'Media') return { mediaId: decodeMediaId(Media, field) }
  const { bucket, object } = decodeOssFile(Media, field)
  const named = objectName.safeParse(object)
  if (!named.success) throw refuse(named.error.issues[0]?.message ?? '', field)
  return { bucket, object }
}

/** What is kept with a media is kept with the one that the pictures are of. @throws AppError `request.invalidValue` */
export function refuseOtherMedia({ Media }: OutputPlace, mediaId: MediaId | undefined): void {
  if (Media === undefined || Media === mediaId) return
  throw refuse('Files are kept with the media of the input, and with no other.', 'Output.Media')
}

export function refuse(message: string, field: string): AppError {
  return new AppError('request.invalidValue', message, { field })
}

/** A place as it is told again. */
export function presentPlace(place: InputPlace | OutputPlace, isWhole: boolean): object {
  const file = isWhole && place.Type === 'OSS' ? readOssFile(place.Media ?? '') : undefined
  if (file === undefined) return place
  return { ...place, OssFile: { Bucket: file.bucket, Location: file.location, Object: file.object } }
}

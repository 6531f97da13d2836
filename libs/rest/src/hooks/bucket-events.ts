import type { ObjectVersion } from '@libs/workflow'
import { z } from 'zod'
import { checkInput } from '../check-input'
import { text } from '../fields'

/** What a bucket tells: one object that came, or that went. */
export interface BucketEvent {
  readonly happened: 'created' | 'removed'
  readonly version: ObjectVersion
  readonly tag: string
}

const object = z.object({
  key: text(3_072).min(1),
  sequencer: z
    .string()
    .max(64)
    .regex(/^[0-9a-f]*$/i)
    .optional(),
  eTag: text(128).optional(),
  etag: text(128).optional(),
  versionId: text(1_024).optional(),
})

const named = z.object({ bucket: z.object({ name: text(63).min(1) }), object })

const notice = z.object({
  Records: z.array(z.object({ eventName: z.string(), s3: z.unknown() })).max(1_000),
})

const bridged = z.object({ 'detail-type': z.string(), detail: z.unknown() })

/** A notification of S3 and MinIO, an event of EventBridge, or a test of either. */
export const bucketNotice = z
  .looseObject({ Records: z.array(z.looseObject({})).optional() })
  .meta({ id: 'BucketNotice' })

/** @returns what has happened to objects, in its order; what else is told is left out. @throws AppError as `checkInput` */
export function readBucketEvents(told: z.output<typeof bucketNotice>): readonly BucketEvent[] {
  if ('detail-type' in told) {
    const { 'detail-type': type, detail } = checkInput(bridged, told)
    return eventOf(
      type.replace(/^Object Deleted$/, 'ObjectRemoved:').replace(/^Object Created$/, 'ObjectCreated:'),
      detail,
      false,
    )
  }
  if (told.Records === undefined) return []
  return checkInput(notice, told).Records.flatMap(({ eventName, s3 }) => eventOf(eventName, s3, true))
}

/** @param isEscaped as in the query of a URL */
function eventOf(name: string, raw: unknown, isEscaped: boolean): readonly BucketEvent[] {
  const [, kind] = /^(?:s3:)?Object(Created|Removed):/.exec(name) ?? []
  if (kind === undefined) return []
  const { bucket, object: about } = checkInput(named, raw)
  const key = isEscaped ? unescaped(about.key) : about.key
  const version = { bucket: bucket.name, key, sequencer: about.sequencer === '' ? undefined : about.sequencer }
  const tag = about.versionId ?? about.eTag ?? about.etag ?? ''
  return [{ happened: kind === 'Created' ? 'created' : 'removed', version, tag }]
}

/** @throws AppError `request.invalidValue` */
function unescaped(key: string): string {
  const decoded = key
    .replaceAll('+', ' ')
    .replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString())
  return checkInput(z.object({ key: text(1_024) }), { key: decoded }).key
}

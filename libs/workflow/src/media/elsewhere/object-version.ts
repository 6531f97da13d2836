import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { BucketObject } from '../../ports/files/object-urls.port'

/** What a bucket says has happened to an object. */
export interface ObjectVersion extends BucketObject {
  /** Hexadecimal, and greater for what happened later to the same object; absent where a bucket does not say it. */
  readonly sequencer: string | undefined
}

const written = z.object({ bucket: z.string(), key: z.string(), sequencer: z.string().optional() })

/** The caller's own id of the media that came of an object. */
export function referenceOf({ bucket, key }: BucketObject): string {
  return `s3://${bucket}/${key}`
}

/** How a version is remembered, however long its name is. @param tag tells versions apart where there is no sequencer */
export function versionId(version: ObjectVersion, tag: string): string {
  const told = JSON.stringify([version.bucket, version.key, version.sequencer ?? tag])
  return createHash('sha256').update(told).digest('hex')
}

/** The source context of a media that came of an object: its events tell it. */
export function contextOf({ bucket, key, sequencer }: ObjectVersion): string {
  return JSON.stringify({ bucket, key, sequencer })
}

/** Whether what a bucket tells happened before what the media with a source context came of. */
export function isOlder({ sequencer }: ObjectVersion, sourceContext: string): boolean {
  const known = parse(sourceContext)?.sequencer
  if (sequencer === undefined || known === undefined) return false
  const length = Math.max(sequencer.length, known.length)
  return sequencer.toUpperCase().padEnd(length, '0') < known.toUpperCase().padEnd(length, '0')
}

function parse(sourceContext: string): z.output<typeof written> | undefined {
  try {
    return written.safeParse(JSON.parse(sourceContext)).data
  } catch {
    return undefined
  }
}

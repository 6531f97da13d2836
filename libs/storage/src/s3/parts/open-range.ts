import type { S3Client } from '@aws-sdk/client-s3'
import { AppError } from '@libs/kernel'
import { Readable } from 'node:stream'
import { loadS3 } from '../load-s3'

/** One version of an object. */
export interface HeldObject {
  readonly Bucket: string
  readonly Key: string
  readonly sizeBytes: number
  /** Quoted, as HTTP has it. */
  readonly entityTag: string
}

/** Streams a part of an object, at least one byte, in one request. @throws AppError `storage.failed`; what S3 said */
export async function openRange(
  client: S3Client,
  { Bucket, Key, entityTag: IfMatch }: HeldObject,
  positionBytes: number,
  lengthBytes: number,
  signal?: AbortSignal,
): Promise<Readable> {
  const { GetObjectCommand } = await loadS3()
  const Range = `bytes=${positionBytes}-${positionBytes + lengthBytes - 1}`
  const get = new GetObjectCommand({ Bucket, Key, Range, IfMatch })
  const { Body, ContentLength } = await client.send(get, signal === undefined ? {} : { abortSignal: signal })
  if (Body instanceof Readable && ContentLength === lengthBytes) return Body
  if (Body instanceof Readable) Body.destroy()
  throw new AppError('storage.failed', 'The storage did not answer with the range that was asked for.')
}

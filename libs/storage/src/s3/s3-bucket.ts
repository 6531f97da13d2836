import type { ListObjectsV2CommandOutput, S3Client } from '@aws-sdk/client-s3'
import { AppError } from '@libs/kernel'
import { contentTypeOf, unknownContentType } from '@libs/workflow'
import type { Readable } from 'node:stream'
import { checkedKey, isStorageKey } from '../storage-key'
import { connectS3, loadS3 } from './load-s3'
import { joinObjects } from './parts/join-objects'
import { ownObject } from './parts/own-object'
import { openRange } from './parts/open-range'
import { storeStream } from './parts/store-stream'
import { isGone, keepingFault, readingFault } from './s3-fault'
import type { S3Place } from './s3-place'

const mostListed = 1_000

export interface S3Object {
  readonly key: string
  readonly sizeBytes: number
  readonly modifiedAt: Date
  /** Quoted, as HTTP has it. */
  readonly entityTag: string
}

/** The files of one place in S3 by key, each of which is there whole or not at all. */
export class S3Bucket {
  private connecting: Promise<S3Client> | undefined

  constructor(private readonly place: S3Place) {}

  /** What is under a key that may come from anywhere; undefined when nothing is. @throws AppError `storage.failed` */
  async find(key: string, signal?: AbortSignal): Promise<S3Object | undefined> {
    if (!isStorageKey(key)) return undefined
    const { HeadObjectCommand } = await loadS3()
    const client = await this.client()
    try {
      const head = await client.send(new HeadObjectCommand(this.address(key)), endedBy(signal))
      const { ContentLength: sizeBytes, LastModified: modifiedAt, ETag: entityTag } = head
      if (sizeBytes === undefined || modifiedAt === undefined || entityTag === undefined) {
        throw new AppError('storage.failed', 'The storage does not say how long a file is.')
      }
      return { key, sizeBytes, modifiedAt, entityTag }
    } catch (thrown) {
      if (isGone(thrown)) return undefined
      throw readingFault(thrown, signal)
    }
  }

  /**
   * Streams a part of an object, at least one byte, in one request.
   * @throws AppError `media.notAccessible` when it is gone or was replaced, `storage.failed`
   */
  async read(object: S3Object, positionBytes: number, lengthBytes: number, signal?: AbortSignal): Promise<Readable> {
    try {
      return await openRange(await this.client(), this.held(object), positionBytes, lengthBytes, signal)
    } catch (thrown) {
      throw readingFault(thrown, signal)
    }
  }

  /** A URL that S3 itself answers with the object until then, as the type that we would name. @throws AppError `storage.failed` */
  async urlUntil(key: string, until: Date): Promise<string> {
    const address = this.address(checkedKey(key))
    const { GetObjectCommand } = await loadS3()
    const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner')
    const contentType = contentTypeOf(key)
    const get = new GetObjectCommand({
      ...address,
      ResponseContentType: contentType,
      ...(contentType === unknownContentType && { ResponseContentDisposition: 'attachment' }),
    })
    const expiresIn = Math.max(1, Math.floor((until.getTime() - Date.now()) / 1_000))
    return getSignedUrl(await this.client(), get, { expiresIn }).catch((thrown: unknown) => {
      throw keepingFault(thrown)
    })
  }

  /** Keeps a stream of any length, in parts when it is long. @throws AppError `storage.full`, `storage.failed`; the stream's own fault */
  async store(key: string, bytes: AsyncIterable<Buffer>): Promise<void> {
    const object = { ...this.address(checkedKey(key)), ContentType: contentTypeOf(key) }
    await storeStream(await this.client(), object, bytes).catch((thrown: unknown) => {
      throw keepingFault(thrown)
    })
  }

  /**
   * Keeps what is under some keys, one behind the other, under another one; S3 copies the bytes itself where it can.
   * @throws AppError `storage.full`, `storage.failed`
   */
  async join(from: readonly S3Object[], key: string): Promise<void> {
    const object = { ...this.address(checkedKey(key)), ContentType: contentTypeOf(key) }
    const held = from.map((each) => this.held(each))
    await joinObjects(await this.client(), object, held).catch((thrown: unknown) => {
      throw keepingFault(thrown)
    })
  }

  /**
   * Has S3 copy the object that a URL is of, where it is signed as we sign. @returns whether it did: what hinders it will
   * hinder whoever fetches the URL too, and can be told by him
   */
  async copy(key: string, url: string, maxBytes: number, signal: AbortSignal): Promise<boolean> {
    const client = await this.client()
    const { HeadObjectCommand } = await loadS3()
    const into = { ...this.address(checkedKey(key)), ContentType: contentTypeOf(key) }
    try {
      const object = await ownObject(client, this.place, url, Date.now())
      if (object === undefined) return false
      const { ContentLength: sizeBytes, ETag: entityTag } = await client.send(new HeadObjectCommand(object))
      if (sizeBytes === undefined || entityTag === undefined || sizeBytes > maxBytes) return false
      await joinObjects(client, into, [{ ...object, sizeBytes, entityTag }], signal)
      return true
    } catch {
      return false
    }
  }

  /** Removes what is under a key, if anything is. @throws AppError `storage.failed` */
  async remove(key: string): Promise<void> {
    const address = this.address(checkedKey(key))
    const { DeleteObjectCommand } = await loadS3()
    const client = await this.client()
    await client.send(new DeleteObjectCommand(address)).catch((thrown: unknown) => {
      throw keepingFault(thrown)
    })
  }

  /** What is under keys that begin with this one and a slash, by key. @throws AppError `storage.failed` */
  async *list(key: string): AsyncGenerator<Omit<S3Object, 'entityTag'>> {
    const { ListObjectsV2Command } = await loadS3()
    const client = await this.client()
    const { Bucket, Key } = this.address(key)
    const all = { Bucket, Prefix: `${Key}/`, MaxKeys: mostListed }
    let page: ListObjectsV2CommandOutput | undefined
    do {
      const next = page && { ContinuationToken: page.NextContinuationToken }
      page = await client.send(new ListObjectsV2Command({ ...all, ...next })).catch((thrown: unknown) => {
        throw keepingFault(thrown)
      })
      for (const { Key: found = '', Size: sizeBytes = 0, LastModified } of page.Contents ?? []) {
        // What is of unknown age is taken for new.
        yield { key: found.slice(this.place.keyPrefix.length), sizeBytes, modifiedAt: LastModified ?? new Date() }
      }
    } while (page.IsTruncated === true)
  }

  /** Removes what is under a key, and under keys that begin with it and a slash. @throws AppError `storage.failed` */
  async removeAll(key: string): Promise<void> {
    const { ListObjectsV2Command } = await loadS3()
    const client = await this.client()
    await this.remove(key)
    const { Bucket, Key } = this.address(key)
    for (let isTruncated = true; isTruncated;) {
      // What was listed is removed, so the list is always read from its beginning.
      const listed = await client
        .send(new ListObjectsV2Command({ Bucket, Prefix: `${Key}/`, MaxKeys: mostListed }))
        .catch((thrown: unknown) => {
          throw keepingFault(thrown)
        })
      for (const { Key: found = '' } of listed.Contents ?? [])
        await this.remove(found.slice(this.place.keyPrefix.length))
      isTruncated = listed.IsTruncated === true
    }
  }

  private held({ key, sizeBytes, entityTag }: S3Object) {
    return { ...this.address(key), sizeBytes, entityTag }
  }

  private address(key: string) {
    return { Bucket: this.place.bucket, Key: this.place.keyPrefix + key }
  }

  private client(): Promise<S3Client> {
    return (this.connecting ??= connectS3(this.place))
  }
}

function endedBy(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal }
}

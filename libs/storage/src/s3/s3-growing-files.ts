import type { S3Client } from '@aws-sdk/client-s3'
import { AppError } from '@libs/kernel'
import { contentTypeOf, type GrowingFile, GrowingFiles } from '@libs/workflow'
import type { S3Store } from '@tus/s3-store'
import { Readable } from 'node:stream'
import { checkedKey } from '../storage-key'
import { clientSettings, connectS3 } from './load-s3'
import type { S3Bucket } from './s3-bucket'
import { keepingFault } from './s3-fault'
import type { S3Place } from './s3-place'

/** Of what comes from one uploader, so much waits on this machine's disk for the store: three parts. */
const partBytes = 8 * 1024 * 1024
const partsAtOnce = 3

/** A file of unknown length is cut as others are: it may have 78 GiB, the most that is taken in one piece too. */
const partsOfUnknown = 1_000_000

/** Another process may know better by now. */
const remembersNothing = {
  get: () => Promise.resolve(undefined),
  set: () => Promise.resolve(),
  delete: () => Promise.resolve(),
}

/**
 * Files that grow as uploads in parts: what is too short for a part waits as an object `<key>.part`, and what the store of
 * tus notes of an upload is in `<key>.info`.
 */
export class S3GrowingFiles extends GrowingFiles {
  private connecting: Promise<S3Client> | undefined

  constructor(
    private readonly bucket: S3Bucket,
    private readonly place: S3Place,
  ) {
    super()
  }

  override async begin(file: GrowingFile): Promise<void> {
    const { key, sizeBytes } = file
    const facts = { size: sizeBytes, sizeIsDeferred: sizeBytes === undefined, creation_date: undefined }
    const metadata = { contentType: contentTypeOf(key) }
    const upload = { id: this.idOf(key), offset: 0, ...facts, metadata, storage: undefined }
    await this.ask(file, (store) => store.create(upload))
  }

  override async sizeOf(key: string): Promise<number | undefined> {
    // It calls missing whatever it cannot read: so whether there is anything is asked first.
    if ((await this.bucket.find(noteOf(key))) === undefined) return (await this.bucket.find(key))?.sizeBytes
    const { offset } = await this.ask({ key, sizeBytes: 0 }, (store) => store.getUpload(this.idOf(key)))
    return offset
  }

  override async declare(key: string, sizeBytes: number): Promise<void> {
    await this.ask({ key, sizeBytes }, (store) => store.declareUploadLength(this.idOf(key), sizeBytes))
  }

  override async append(file: GrowingFile, atBytes: number, bytes: Readable): Promise<number> {
    let broken: unknown
    const came = Readable.from(untilItBreaks(bytes, (fault) => (broken = fault)))
    const nowBytes = await this.ask(file, (store) => store.write(came, this.idOf(file.key), atBytes))
    if (broken !== undefined) throw keepingFault(broken)
    return nowBytes
  }

  override async finish(key: string): Promise<void> {
    const sizeBytes = await this.sizeOf(key)
    if (sizeBytes === undefined) throw new AppError('storage.failed', 'What has come of a file is not in the storage.')
    if ((await this.bucket.find(key)) === undefined) {
      // The store of tus joins the parts when the last byte is written, or none after it.
      await this.append({ key, sizeBytes }, sizeBytes, Readable.from([]))
    }
    await this.forget(key)
  }

  override async remove(key: string): Promise<void> {
    if ((await this.bucket.find(noteOf(key))) !== undefined) {
      await this.ask({ key, sizeBytes: 0 }, (store) => store.remove(this.idOf(key))).catch(async (thrown: unknown) => {
        // It says the same where the parts are joined.
        if ((await this.bucket.find(key)) === undefined) throw thrown
      })
    }
    await this.forget(key)
  }

  private async forget(key: string): Promise<void> {
    await this.bucket.remove(restOf(key))
    await this.bucket.remove(noteOf(key))
  }

  /** @throws AppError `storage.full`, `storage.failed` */
  private async ask<Result>({ sizeBytes }: GrowingFile, work: (store: S3Store) => Promise<Result>): Promise<Result> {
    const { S3Store } = await import('@tus/s3-store')
    // The store of tus makes a client of its own; with these, all of them share connections and credentials.
    const { requestHandler, credentials } = (await (this.connecting ??= connectS3(this.place))).config
    const store = new S3Store({
      partSize: partBytes,
      maxConcurrentPartUploads: partsAtOnce,
      ...(sizeBytes === undefined && { maxMultipartParts: partsOfUnknown }),
      cache: remembersNothing,
      s3ClientConfig: { ...clientSettings(this.place), requestHandler, credentials, bucket: this.place.bucket },
    })
    try {
      return await work(store)
    } catch (thrown) {
      throw keepingFault(thrown)
    }
  }

  private idOf(key: string): string {
    return this.place.keyPrefix + checkedKey(key)
  }
}

/** The store of tus waits for ever for a stream that broke before its turn, and loses a part that was begun. */
async function* untilItBreaks(bytes: Readable, note: (fault: unknown) => void): AsyncIterable<Buffer> {
  try {
    yield* bytes as AsyncIterable<Buffer>
  } catch (fault) {
    note(fault)
  }
}

function noteOf(key: string): string {
  return `${key}.info`
}

function restOf(key: string): string {
  return `${key}.part`
}

import type { CompletedPart, S3Client } from '@aws-sdk/client-s3'
import { AppError } from '@libs/kernel'
import { loadS3, type S3Sdk } from '../load-s3'
import type { HeldObject } from './open-range'

/** An object that is to be, and what it will be called. */
export interface NewObject {
  readonly Bucket: string
  readonly Key: string
  readonly ContentType: string
}

type Part = Omit<NewObject, 'ContentType'> & { readonly UploadId: string | undefined; readonly PartNumber: number }

/** One object that comes in parts, in the order they are given: it is there whole when it was ended, else nothing of it. */
export class PartsUpload {
  private begun: Promise<string | undefined> | undefined
  private readonly sending: Promise<void>[] = []
  private readonly parts: CompletedPart[] = []

  private constructor(
    private readonly s3: S3Sdk,
    private readonly client: S3Client,
    private readonly object: NewObject,
  ) {}

  static async to(client: S3Client, object: NewObject): Promise<PartsUpload> {
    return new PartsUpload(await loadS3(), client, object)
  }

  /** Sends the next part, side by side with those before. @param bytes left alone until it has come */
  put(bytes: Buffer): Promise<void> {
    const { UploadPartCommand } = this.s3
    return this.add(async (part) => (await this.client.send(new UploadPartCommand({ ...part, Body: bytes }))).ETag)
  }

  /** Has S3 make the next part of some bytes of another object, the last one included. */
  copy({ Bucket, Key, entityTag }: HeldObject, [first, last]: readonly [number, number]): Promise<void> {
    const { UploadPartCopyCommand } = this.s3
    const CopySource = [Bucket, ...Key.split('/')].map(encodeURIComponent).join('/')
    const source = { CopySource, CopySourceRange: `bytes=${first}-${last}`, CopySourceIfMatch: entityTag }
    return this.add(async (part) => {
      const { CopyPartResult } = await this.client.send(new UploadPartCopyCommand({ ...part, ...source }))
      return CopyPartResult?.ETag
    })
  }

  /** Sends the last part, which alone makes an object at once, and waits for all of them. */
  async end(bytes: Buffer): Promise<void> {
    const { PutObjectCommand, CompleteMultipartUploadCommand } = this.s3
    if (this.begun === undefined) {
      await this.client.send(new PutObjectCommand({ ...this.object, Body: bytes }))
      return
    }
    if (bytes.length > 0) await this.put(bytes)
    await Promise.all(this.sending)
    const Parts = this.parts.toSorted((a, b) => (a.PartNumber ?? 0) - (b.PartNumber ?? 0))
    await this.client.send(
      new CompleteMultipartUploadCommand({ ...(await this.address()), MultipartUpload: { Parts } }),
    )
  }

  /** Has the parts that came forgotten. What this cannot do, a rule of the bucket has to. */
  async giveUp(): Promise<void> {
    // A part that comes after the end of its upload is kept, and paid for.
    await Promise.allSettled(this.sending)
    if (this.begun === undefined) return
    const { AbortMultipartUploadCommand } = this.s3
    await this.address()
      .then((upload) => this.client.send(new AbortMultipartUploadCommand(upload)))
      .catch(() => undefined)
  }

  private add(send: (part: Part) => Promise<string | undefined>): Promise<void> {
    const PartNumber = this.sending.length + 1
    const sent = this.address().then(async (upload) => {
      const ETag = await send({ ...upload, PartNumber })
      if (ETag === undefined) throw new AppError('storage.failed', 'The storage did not say what became of a part.')
      this.parts.push({ ETag, PartNumber })
    })
    // Whoever ends the upload hears of it.
    sent.catch(() => undefined)
    this.sending.push(sent)
    return sent
  }

  private async address(): Promise<Omit<Part, 'PartNumber'>> {
    const { Bucket, Key } = this.object
    return { Bucket, Key, UploadId: await (this.begun ??= this.begin()) }
  }

  private async begin(): Promise<string | undefined> {
    const { CreateMultipartUploadCommand } = this.s3
    return (await this.client.send(new CreateMultipartUploadCommand(this.object))).UploadId
  }
}

import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { appendFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export interface HeldObject {
  readonly path: string
  readonly sizeBytes: number
  readonly entityTag: string
  readonly contentType: string
  readonly modifiedAt: Date
  /** What its writer says of it in headers. */
  readonly metadata: Readonly<Record<string, string>>
}

interface HeldUpload {
  readonly contentType: string
  readonly parts: Map<number, HeldObject>
}

/** Objects and unfinished uploads, their bytes as files of one folder. */
export class ObjectFolder {
  readonly objects = new Map<string, HeldObject>()
  readonly uploads = new Map<string, HeldUpload>()

  constructor(private readonly folder: string) {}

  async put(
    key: string,
    bytes: Readable,
    contentType: string,
    metadata: Readonly<Record<string, string>> = {},
  ): Promise<HeldObject> {
    const object = { ...(await this.keep(bytes, contentType)), metadata }
    await this.replace(key, object)
    return object
  }

  /** Takes a file as an object, however large it is. */
  async adopt(key: string, path: string): Promise<HeldObject> {
    const kept = join(this.folder, randomUUID())
    await rename(path, kept)
    const { size: sizeBytes, mtime: modifiedAt } = await stat(kept)
    const entityTag = `"${md5(Buffer.from(kept))}"`
    const object = { path: kept, sizeBytes, entityTag, contentType: 'video/mp4', modifiedAt, metadata: {} }
    await this.replace(key, object)
    return object
  }

  async remove(key: string): Promise<void> {
    await this.replace(key, undefined)
  }

  begin(contentType: string): string {
    const id = randomUUID()
    this.uploads.set(id, { contentType, parts: new Map() })
    return id
  }

  async putPart({ parts, contentType }: HeldUpload, part: number, bytes: Readable): Promise<HeldObject> {
    const kept = await this.keep(bytes, contentType)
    parts.set(part, kept)
    return kept
  }

  /** Parts become one object in their numbers' order; its tag is the one that S3 gives. */
  async complete(key: string, id: string, { parts, contentType }: HeldUpload): Promise<HeldObject> {
    const inOrder = [...parts].toSorted(([a], [b]) => a - b).map(([, part]) => part)
    const path = join(this.folder, randomUUID())
    await writeFile(path, '')
    for (const part of inOrder) await appendFile(path, await readFile(part.path))
    const tags = inOrder.map(({ entityTag }) => Buffer.from(entityTag.slice(1, -1), 'hex'))
    const object = {
      path,
      sizeBytes: inOrder.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      entityTag: `"${md5(Buffer.concat(tags))}-${inOrder.length}"`,
      contentType,
      modifiedAt: new Date(),
      metadata: {},
    }
    await this.abort(id)
    await this.replace(key, object)
    return object
  }

  async abort(id: string): Promise<void> {
    for (const { path } of this.uploads.get(id)?.parts.values() ?? []) await rm(path)
    this.uploads.delete(id)
  }

  private async replace(key: string, object: HeldObject | undefined): Promise<void> {
    const before = this.objects.get(key)
    if (object === undefined) this.objects.delete(key)
    else this.objects.set(key, object)
    if (before !== undefined) await rm(before.path)
  }

  private async keep(bytes: Readable, contentType: string): Promise<HeldObject> {
    await mkdir(this.folder, { recursive: true })
    const path = join(this.folder, randomUUID())
    const hash = createHash('md5')
    let sizeBytes = 0
    async function* counted(): AsyncIterable<Buffer> {
      for await (const chunk of bytes as AsyncIterable<Buffer>) {
        hash.update(chunk)
        sizeBytes += chunk.length
        yield chunk
      }
    }
    await pipeline(counted(), createWriteStream(`${path}.half`))
    await rename(`${path}.half`, path)
    return { path, sizeBytes, entityTag: `"${hash.digest('hex')}"`, contentType, modifiedAt: new Date(), metadata: {} }
  }
}

function md5(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('hex')
}

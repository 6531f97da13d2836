import { assertRoom } from '@libs/kernel'
import { createHash, randomUUID } from 'node:crypto'
import { lstatSync } from 'node:fs'
import { lstat, mkdir, open, opendir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { storageFault } from '../storage-fault'
import { checkedKey, isStorageKey } from '../storage-key'

/** No key begins with a dot, so nothing unfinished can be asked for. */
const incomingName = '.incoming'
const growingName = '.growing'
const leftoverAgeMs = 24 * 3_600_000

/** No more is written between two looks at the free space. */
const lookEveryBytes = 32 * 2 ** 20

/** A folder of files by key, each of which is there whole or not at all, even after a power cut. */
export class DiskFolder {
  private readonly incoming: string
  private prepared: Promise<void> | undefined

  /** @param minFreeBytes what is left alone of the disk */
  constructor(
    private readonly root: string,
    private readonly minFreeBytes = 0,
  ) {
    this.incoming = join(root, incomingName)
  }

  /** @throws AppError `storage.full` when the disk has no room for so much more */
  async assertRoom(wantedBytes = 0): Promise<void> {
    await assertRoom(this.root, this.minFreeBytes, wantedBytes)
  }

  /** The file of a key, whether it exists or not. @throws AppError `storage.failed` when the key could climb out */
  pathOf(key: string): string {
    return resolve(this.root, checkedKey(key))
  }

  /** The file of a key that may come from anywhere; undefined unless it is a plain file of this folder. */
  find(key: string): string | undefined {
    if (!isStorageKey(key)) return undefined
    const path = this.pathOf(key)
    return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true ? path : undefined
  }

  /**
   * Has a file written under a name that nobody knows, then gives it the key's, replacing what was there.
   * @throws AppError `storage.full`, `storage.failed`; an AppError of `write` as it is
   */
  async store<Result>(key: string, write: (path: string) => Promise<Result>, wantedBytes = 0): Promise<Result> {
    const path = this.pathOf(key)
    const unfinished = join(this.incoming, randomUUID())
    try {
      await this.assertRoom(wantedBytes)
      await (this.prepared ??= this.prepare())
      const result = await write(unfinished)
      await place(unfinished, path)
      return result
    } catch (thrown) {
      await rm(unfinished, { force: true }).catch(() => undefined)
      throw storageFault(thrown)
    }
  }

  /** Where a file is while it grows, flat in one folder; made when it is missing. */
  async growingPathOf(key: string): Promise<string> {
    const folder = join(this.root, growingName)
    await makeFolder(folder)
    return join(folder, createHash('sha256').update(checkedKey(key)).digest('hex'))
  }

  /** Gives a file that has grown the name of its key. @throws AppError `storage.failed` */
  async take(path: string, key: string): Promise<void> {
    await place(path, this.pathOf(key)).catch((thrown: unknown) => {
      throw storageFault(thrown)
    })
  }

  /** Removes a file, if it is there, and its folder when no other is left in it. */
  async remove(key: string): Promise<void> {
    const path = this.pathOf(key)
    await rm(path, { force: true })
    await rmdir(dirname(path)).catch(() => undefined)
  }

  /** Removes a file, or a folder with all that is in it. @throws AppError `storage.failed` */
  async removeAll(key: string): Promise<void> {
    await rm(this.pathOf(key), { recursive: true, force: true }).catch((thrown: unknown) => {
      throw storageFault(thrown)
    })
  }

  /** All files under a key, folder by folder. @throws AppError `storage.failed` */
  async *list(key: string): AsyncGenerator<{ key: string; sizeBytes: number; modifiedAt: Date }> {
    const entries = await opendir(this.pathOf(key)).catch(unlessGone)
    if (entries === undefined) return
    for await (const entry of entries) {
      const found = `${key}/${entry.name}`
      if (!isStorageKey(found)) continue
      if (entry.isDirectory()) yield* this.list(found)
      const about = entry.isFile() ? await lstat(this.pathOf(found)).catch(unlessGone) : undefined
      if (about !== undefined) yield { key: found, sizeBytes: about.size, modifiedAt: about.mtime }
    }
  }

  /** Passes what comes on, for as long as the disk has room: many may come at once, and not all say how much they bring. */
  async *whileThereIsRoom(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    let sinceLookBytes = 0
    for await (const chunk of chunks) {
      sinceLookBytes += chunk.length
      if (sinceLookBytes > lookEveryBytes) {
        await this.assertRoom()
        sinceLookBytes = 0
      }
      yield chunk
    }
  }

  /** Also clears away what processes that died have left half-written. */
  private async prepare(): Promise<void> {
    await makeFolder(this.incoming)
    for (const name of await readdir(this.incoming)) {
      const path = join(this.incoming, name)
      const { mtimeMs } = await lstat(path).catch(() => ({ mtimeMs: Infinity }))
      if (Date.now() - mtimeMs > leftoverAgeMs) await rm(path, { force: true })
    }
  }
}

/** Gives a whole file its name, so that a power cut leaves it under the one or the other. */
async function place(from: string, path: string): Promise<void> {
  await syncToDisk(from)
  await makeFolder(dirname(path))
  await rename(from, path)
  await syncToDisk(dirname(path))
}

/** A new folder is an entry in its parent, which has to reach the disk too. */
async function makeFolder(folder: string): Promise<void> {
  const firstMade = await mkdir(folder, { recursive: true })
  if (firstMade === undefined) return
  const above = dirname(firstMade)
  for (let parent = dirname(folder); parent.startsWith(above); parent = dirname(parent)) {
    await syncToDisk(parent)
    if (parent === above) return
  }
}

async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** What was removed while it was looked at is not there. */
function unlessGone(thrown: unknown): undefined {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 'ENOENT') return undefined
  throw storageFault(thrown)
}

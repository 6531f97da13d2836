import { AppError } from '@libs/kernel'
import { type GrowingFile, GrowingFiles } from '@libs/workflow'
import { createWriteStream } from 'node:fs'
import { rm, stat, writeFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { storageFault } from '../storage-fault'
import type { DiskFolder } from './disk-folder'

/** Files that grow where nothing can ask for them, and get the name of their key when they are whole. */
export class DiskGrowingFiles extends GrowingFiles {
  constructor(private readonly folder: DiskFolder) {
    super()
  }

  override async begin({ key, sizeBytes }: GrowingFile): Promise<void> {
    await this.folder.assertRoom(sizeBytes)
    await ours(async () => writeFile(await this.folder.growingPathOf(key), '', { flag: 'wx' }))
  }

  override sizeOf(key: string): Promise<number | undefined> {
    return ours(async () => {
      const found = (await find(await this.folder.growingPathOf(key))) ?? (await find(this.folder.pathOf(key)))
      return found?.size
    })
  }

  /** What its size says is what there is. */
  override async declare(_key: string, sizeBytes: number): Promise<void> {
    await this.folder.assertRoom(sizeBytes)
  }

  override async append({ key, sizeBytes }: GrowingFile, atBytes: number, bytes: Readable): Promise<number> {
    await this.folder.assertRoom((sizeBytes ?? atBytes) - atBytes)
    const path = await this.folder.growingPathOf(key)
    const file = createWriteStream(path, { flags: 'r+', start: atBytes, flush: true })
    await ours(() => pipeline(bytes, (chunks: AsyncIterable<Buffer>) => this.folder.whileThereIsRoom(chunks), file))
    return atBytes + file.bytesWritten
  }

  override async finish(key: string): Promise<void> {
    const path = await this.folder.growingPathOf(key)
    if ((await ours(() => find(path))) !== undefined) await this.folder.take(path, key)
    else if (this.folder.find(key) === undefined) {
      throw new AppError('storage.failed', 'What has come of a file is not in the storage any more.')
    }
  }

  override async remove(key: string): Promise<void> {
    await ours(async () => rm(await this.folder.growingPathOf(key), { force: true }))
  }
}

async function find(path: string) {
  const found = await stat(path).catch((thrown: unknown) => {
    if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 'ENOENT') return undefined
    throw thrown
  })
  return found?.isFile() === true ? found : undefined
}

/** @throws AppError `storage.full`, `storage.failed` for whatever the disk says */
async function ours<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (thrown) {
    throw storageFault(thrown)
  }
}

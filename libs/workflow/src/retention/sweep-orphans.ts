import type { Clock } from '@libs/kernel'
import type { ListedFile, StoredFiles } from '../ports/stored-files.port'
import { type FileOwner, ownedRoots, ownerOf } from './file-owner'
import type { RetentionStore } from './retention.store.port'
import type { Swept, SweepMode } from './sweep-due'

/** Bytes come before their row, and a worker that was thought dead may still write: what is younger is left alone. */
const marginMs = 24 * 3_600_000

/** Folders whose rows are asked for at once. */
const lotFolders = 200

/** A folder with what is in it. */
interface Folder {
  readonly owner: FileOwner
  readonly files: number
  readonly bytes: number
  readonly newestAt: Date
}

/** Removes files whose rows are gone, a day after they were written at the earliest. */
export class SweepOrphans {
  constructor(
    private readonly store: RetentionStore,
    private readonly clock: Clock,
    private readonly files: StoredFiles,
  ) {}

  /** One walk through the storage. @throws AppError `storage.failed` */
  async *lots(mode: SweepMode): AsyncGenerator<Swept> {
    for (const root of ownedRoots) {
      let lot: Folder[] = []
      for await (const folder of foldersIn(this.files.list(root))) {
        lot.push(folder)
        if (lot.length < lotFolders) continue
        yield await this.sweep(lot, mode)
        lot = []
      }
      yield await this.sweep(lot, mode)
    }
  }

  private async sweep(lot: readonly Folder[], mode: SweepMode): Promise<Swept> {
    const before = this.clock.nowMs() - marginMs
    const old = lot.filter(({ newestAt }) => newestAt.getTime() <= before)
    const abandoned = new Set((await this.store.abandoned(old.map(({ owner }) => owner))).map(({ folder }) => folder))
    const orphans = old.filter(({ owner }) => abandoned.has(owner.folder))
    if (mode === 'discard') for (const { owner } of orphans) await this.files.removeAll(owner.folder)
    const sum = (count: (folder: Folder) => number) => orphans.reduce((total, folder) => total + count(folder), 0)
    return { of: 'orphans', rows: sum(({ files }) => files), bytes: sum(({ bytes }) => bytes) }
  }
}

/** The files of a folder are listed one after the other. */
async function* foldersIn(files: AsyncIterable<ListedFile>): AsyncGenerator<Folder> {
  let current: Folder | undefined
  for await (const { key, sizeBytes, modifiedAt } of files) {
    const owner = ownerOf(key)
    if (owner === undefined) continue
    if (current?.owner.folder === owner.folder) {
      const newestAt = modifiedAt > current.newestAt ? modifiedAt : current.newestAt
      current = { owner, files: current.files + 1, bytes: current.bytes + sizeBytes, newestAt }
      continue
    }
    if (current !== undefined) yield current
    current = { owner, files: 1, bytes: sizeBytes, newestAt: modifiedAt }
  }
  if (current !== undefined) yield current
}

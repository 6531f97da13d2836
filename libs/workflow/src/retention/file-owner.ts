/** What a row stands for in the storage: a folder that is there as long as the row says so. */
export interface FileOwner {
  readonly kind: 'source' | 'cover' | 'upload' | 'attempt'
  /** The key of the folder, without a slash at its end. */
  readonly folder: string
  /** Of the media, the upload or the task. */
  readonly id: string
}

/** How many segments of a key name the folder, and which of them is the id. */
const folders: Readonly<
  Record<string, { readonly kind: FileOwner['kind']; readonly depth: number; readonly id: number }>
> = {
  sources: { kind: 'source', depth: 3, id: 2 },
  covers: { kind: 'cover', depth: 3, id: 2 },
  uploads: { kind: 'upload', depth: 3, id: 2 },
  artifacts: { kind: 'attempt', depth: 5, id: 3 },
}

/** Under what the storage is looked through: all that has keys which we make. Buckets and watermarks are not. */
export const ownedRoots: readonly string[] = Object.keys(folders)

/** @returns undefined for a key of a form that is not ours to judge */
export function ownerOf(key: string): FileOwner | undefined {
  const segments = key.split('/')
  const found = folders[segments[0] ?? '']
  const id = segments[found?.id ?? 0]
  if (found === undefined || id === undefined || segments.length <= found.depth) return undefined
  return { kind: found.kind, folder: segments.slice(0, found.depth).join('/'), id }
}

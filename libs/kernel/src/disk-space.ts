import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { AppError } from './errors'

/** How much of a disk is left alone. */
export const diskEnv = {
  /** Below so much free space, in MB, nothing new is begun that writes: no task starts, and no upload is taken. */
  MIN_FREE_DISK_MB: z.coerce.number().min(0).default(256),
} as const

/** Bytes that this process may still write below a folder, which need not be there yet. */
export async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch (thrown) {
    const isMissing = typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 'ENOENT'
    if (!isMissing || dirname(folder) === folder) throw thrown
    return freeBytes(dirname(folder))
  }
}

/**
 * @param wantedBytes what is about to be written, where that is known
 * @throws AppError `storage.full` when less than `minFreeBytes` would be left
 */
export async function assertRoom(folder: string, minFreeBytes: number, wantedBytes = 0): Promise<void> {
  if ((await freeBytes(folder)) - wantedBytes >= minFreeBytes) return
  throw new AppError('storage.full', 'There is too little room on the disk.')
}

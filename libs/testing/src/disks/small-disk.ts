import { execFile } from 'node:child_process'
import { mkdtemp, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface SmallDisk {
  readonly folder: string
  remove(): Promise<void>
}

/** A disk in memory that is soon full; undefined where this process may not mount one (Linux lets root alone). */
export async function smallDisk(sizeMb: number): Promise<SmallDisk | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'stillflow-small-disk-'))
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m,mode=1777`, 'none', folder])
  } catch {
    await rmdir(folder)
    return undefined
  }
  return {
    folder,
    async remove() {
      await run('umount', ['--lazy', folder])
      await rmdir(folder)
    },
  }
}

import { execFileSync } from 'node:child_process'

/**
 * A small disk of its own on a folder, in memory.
 * @returns what takes it away again
 * @throws Error when this user may not mount
 */
export function mountScratch(folder: string, megabytes: number): () => void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'pipe' })
  return () => {
    execFileSync('umount', ['-l', folder])
  }
}

import { readdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { sandboxOwner } from './confine'

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

/** @returns the process's tokens; none of one that is not there any more, or is not ours to look at */
async function tokensOf(pid: string): Promise<readonly string[]> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
}

/**
 * Ends the sandboxes of workers that are no more. bubblewrap's inner process waits for its outer one to map users, and asks
 * for the parent's death signal only after that: when a worker and the outer one are killed in between, it waits for ever.
 * Where there is no `/proc`, none is found.
 */
export async function endOrphans(): Promise<void> {
  for (const pid of await readdir('/proc').catch(() => [])) {
    const [program = '', ...args] = /^\d+$/.test(pid) ? await tokensOf(pid) : []
    const owner = basename(program) === 'bwrap' ? sandboxOwner(args) : undefined
    if (owner === undefined || !isGone(owner)) continue
    try {
      process.kill(Number(pid), 'SIGKILL')
    } catch {
      // It has ended meanwhile, or is another user's.
    }
  }
}

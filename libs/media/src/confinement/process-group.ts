import type { ChildProcess } from 'node:child_process'

/** Tools start in a group of their own, so that whatever they start themselves is ended with them. */
export const inOwnGroup = { detached: true } as const

/**
 * Kills a tool that was started so, and all that it started, which may still be there when it has ended itself. At once and
 * with no warning: nothing that it leaves is of use, and a tool that hangs while it opens a file is deaf to any other signal.
 */
export function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // Nobody is left in it; of a group that has died but was not waited for, macOS says EPERM.
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'ESRCH' && code !== 'EPERM') throw error
  }
}

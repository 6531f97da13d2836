import type { ChildProcess } from 'node:child_process'

/** Tools start in a group of their own, so that whatever they start themselves is ended with them. */
export const inOwnGroup = { detached: true } as const

/** Kills a tool that was started so, and all that it started. Whoever has ended by then is left in peace. */
export function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

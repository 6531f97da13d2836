import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/** Where a container finds its own share of the processor: cgroup v2, then v1 as a quota and a period in files of their own. */
const shares = [
  ['/sys/fs/cgroup/cpu.max'],
  ['/sys/fs/cgroup/cpu/cpu.cfs_quota_us', '/sys/fs/cgroup/cpu/cpu.cfs_period_us'],
]

/**
 * Cores that this process may use: those it may run on, or fewer where its container has a smaller share of them. Node
 * itself looks at the share from version 22 on.
 * @returns a whole number, at least 1
 */
export const usableCores: number = Math.max(1, Math.min(availableParallelism(), Math.ceil(shareOf(readShare()))))

/** @param share a quota and a period in microseconds, divided by white space; `max` or a quota below 0 is no limit */
export function shareOf(share: string): number {
  const [quota, period] = share.trim().split(/\s+/).map(Number)
  return quota !== undefined && period !== undefined && quota > 0 && period > 0 ? quota / period : Infinity
}

function readShare(): string {
  for (const files of shares) {
    try {
      return files.map((file) => readFileSync(file, 'utf8')).join(' ')
    } catch {
      // Not this version of cgroups, or no container at all.
    }
  }
  return ''
}

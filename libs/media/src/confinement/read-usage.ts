import { readdir, readFile } from 'node:fs/promises'

/** What a process and those that it started have done so far. */
export interface Usage {
  /** Processor time of all threads. */
  readonly cpuS: number
  /** Bytes read and written. */
  readonly movedBytes: number
}

const ticksPerS = 100

/** @returns undefined where the kernel does not say, or no longer */
export async function readUsage(pid: number): Promise<Usage | undefined> {
  try {
    const pids = await familyOf(pid)
    const usages = await Promise.all(pids.map(usageOf))
    return {
      cpuS: usages.reduce((sum, { cpuS }) => sum + cpuS, 0),
      movedBytes: usages.reduce((sum, { movedBytes }) => sum + movedBytes, 0),
    }
  } catch {
    return undefined
  }
}

/** Whether any thread waits for a disk, for which no decoder is to blame. */
export async function waitsForDisk(pid: number): Promise<boolean> {
  try {
    for (const one of await familyOf(pid)) {
      for (const thread of await readdir(`/proc/${one}/task`)) {
        if ((await readFile(`/proc/${one}/task/${thread}/stat`, 'latin1')).includes(') D ')) return true
      }
    }
  } catch {
    // It has ended meanwhile.
  }
  return false
}

/** A sandbox is a process around the tool. */
async function familyOf(pid: number): Promise<readonly number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'latin1')
  const families = await Promise.all(children.split(' ').filter(Boolean).map(Number).map(familyOf))
  return [pid, ...families.flat()]
}

async function usageOf(pid: number): Promise<Usage> {
  const [stat, io] = await Promise.all([readFile(`/proc/${pid}/stat`, 'latin1'), readFile(`/proc/${pid}/io`, 'latin1')])
  // proc(5): fields 14 and 15, counted from the state, which is the third and follows the name in brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const moved = (name: string): number => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(io)?.[1])
  return {
    cpuS: (Number(fields[11]) + Number(fields[12])) / ticksPerS,
    movedBytes: moved('rchar') + moved('wchar'),
  }
}

import { readdirSync, readFileSync } from 'node:fs'

interface ProcessMemory {
  readonly name: string
  readonly residentMb: number
  /** Resident memory with each shared page divided among those who share it: these add up. */
  readonly proportionalMb: number
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function kilobytes(report: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(report)?.[1] ?? 0)
}

function parentOf(pid: string): string {
  return /^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? ''
}

function nameOf(pid: string): string {
  const argv = read(`/proc/${pid}/cmdline`).split('\0')
  const app = /([\w-]+)\/src\/main\.js/.exec(argv.join(' '))?.[1]
  return app ?? argv[0]?.split(/[/:]/).find((part) => part.includes('postgres')) ?? argv[0] ?? pid
}

/** Memory of this process's descendants, as the kernel counts it. Linux only. */
export function memoryOfDescendants(): readonly ProcessMemory[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const isDescendant = (pid: string): boolean => {
    const parent = parentOf(pid)
    return parent === String(process.pid) || (parent !== '' && parent !== '0' && isDescendant(parent))
  }
  return pids.filter(isDescendant).map((pid) => {
    const report = read(`/proc/${pid}/smaps_rollup`)
    return {
      name: nameOf(pid),
      residentMb: kilobytes(report, 'Rss') / 1_024,
      proportionalMb: kilobytes(report, 'Pss') / 1_024,
    }
  })
}

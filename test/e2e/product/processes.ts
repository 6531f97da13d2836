import { readdirSync, readFileSync } from 'node:fs'
import type { Product } from '../../../apps/standalone/src/start-product'

export interface ProductProcess {
  readonly pid: number
  readonly command: string
}

/**
 * The processes that a product's launcher started, which all carry its data folder's name, and those that they started:
 * media tools have an environment of their own.
 */
export function processesOf({ dataDir }: Pick<Product, 'dataDir'>): readonly ProductProcess[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const own = new Set(pids.filter((pid) => namesFolder(pid, dataDir)))
  const isDescendant = (pid: string): boolean => own.has(pid) || (pid !== '' && isDescendant(parentOf(pid)))
  return pids
    .filter(isDescendant)
    .map((pid) => ({ pid: Number(pid), command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ') }))
}

function namesFolder(pid: string, dataDir: string): boolean {
  return read(`/proc/${pid}/environ`).split('\0').includes(`STILLFLOW_DATA_DIR=${dataDir}`)
}

/** Empty for the first process, and for one that has just ended. */
function parentOf(pid: string): string {
  const parent = /^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? ''
  return parent === '0' ? '' : parent
}

/** Empty for a process that has just ended or is somebody else's. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

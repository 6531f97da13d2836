import { readdirSync, readFileSync } from 'node:fs'
import type { Product } from '../../../apps/standalone/src/start-product'

export interface ProductProcess {
  readonly pid: number
  readonly command: string
}

/** The processes that a product's launcher started, and those that they started: all carry its data folder's name. */
export function processesOf({ dataDir }: Pick<Product, 'dataDir'>): readonly ProductProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => read(`/proc/${pid}/environ`).split('\0').includes(`STILLFLOW_DATA_DIR=${dataDir}`))
    .map((pid) => ({ pid: Number(pid), command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ') }))
}

/** Empty for a process that has just ended or is somebody else's. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

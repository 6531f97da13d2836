import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Lab } from '../lab/lab'

/** What work leaves behind when all of it has ended: scratch folders and media tools that still run. */
export function residueOf(lab: Lab): readonly string[] {
  const folders = readdirSync(lab.workFolder).flatMap((name) => scratchOf(lab.workFolder, name))
  const tools = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' '))
    .filter((command) => command.includes(lab.workFolder) && /ffmpeg|ffprobe/.test(command))
  return [...folders, ...tools.map((command) => `still runs: ${command.slice(0, 120)}`)]
}

/** A living worker has an empty folder; a dead one's is removed by the next that starts. */
function scratchOf(workFolder: string, name: string): readonly string[] {
  if (!existsSync(`/proc/${/\d+$/.exec(name)?.[0] ?? ''}/cmdline`)) return [`folder ${name} of a dead worker`]
  return readdirSync(join(workFolder, name)).map((inside) => `scratch ${name}/${inside}`)
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

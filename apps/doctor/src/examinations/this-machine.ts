import { freeBytes, usableCores } from '@libs/kernel'
import { localFolderOf } from '@libs/storage'
import { totalmem } from 'node:os'
import type { DoctorSettings } from '../doctor-env'
import type { Examination } from '../finding'

/** One worker of each kind, the API, the conductor and what they wait for; a large video takes more. */
const usualMemoryMb = 2_048

/** What Node and the machine are, and whether its disks have room. */
export function examineMachine(settings: DoctorSettings): readonly Examination[] {
  const folders = [settings.WORK_DIR, localFolderOf(settings)].filter((folder) => folder !== undefined)
  return [
    { about: 'machine', advice: 'see what is said', look: async () => [judgeNode(), judgeMemory()] },
    ...folders.map((folder) => ({
      about: 'disk',
      advice: 'make the folder, and let this user write to it',
      look: async () => [judgeRoom(folder, (await freeBytes(folder)) / 2 ** 20, settings.MIN_FREE_DISK_MB)],
    })),
  ]
}

function judgeNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const text = `Node ${process.versions.node} on ${process.platform} ${process.arch}, ${usableCores} usable cores`
  const isTaken = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22
  if (isTaken) return { verdict: 'well', text } as const
  return { verdict: 'broken', text, advice: 'install Node 20.19 or newer, or 22.12 or newer' } as const
}

function judgeMemory() {
  const limit = process.constrainedMemory()
  const memoryMb = Math.round(Math.min(totalmem(), limit > 0 ? limit : Infinity) / 2 ** 20)
  const text = `${memoryMb} MB of memory`
  if (memoryMb >= usualMemoryMb) return { verdict: 'well', text } as const
  return {
    verdict: 'look',
    text,
    advice: `give the whole product ${usualMemoryMb} MB, or lower WORKER_CONCURRENCY`,
  } as const
}

function judgeRoom(folder: string, freeMb: number, wantedMb: number) {
  const text = `${Math.floor(freeMb)} MB are free in ${folder}`
  if (freeMb >= wantedMb) return { verdict: 'well', text } as const
  return {
    verdict: 'broken',
    text: `${text}; below ${wantedMb} MB nothing is begun`,
    advice: 'make room, or set MIN_FREE_DISK_MB',
  } as const
}

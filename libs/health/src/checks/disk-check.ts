import { freeBytes } from '@libs/kernel'
import type { Check } from '../readiness'

/** Whether the disks of some folders have more free space than the watermark below which nothing new is begun. */
export function diskCheck(folders: Readonly<Record<string, string>>, minFreeMb: number): Check {
  const look = async (): Promise<readonly string[]> => {
    const free = await Promise.all(
      Object.entries(folders).map(async ([name, folder]) => ({ name, freeMb: (await freeBytes(folder)) / 2 ** 20 })),
    )
    return free
      .filter(({ freeMb }) => freeMb < minFreeMb)
      .map(
        ({ name, freeMb }) => `${Math.floor(freeMb)} MB are free for ${name}; below ${minFreeMb} MB nothing is begun`,
      )
  }
  return { name: 'disk', means: 'degraded', look }
}

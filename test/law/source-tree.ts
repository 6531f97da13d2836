import { readdirSync } from 'node:fs'
import { join } from 'node:path'

export const repository = join(__dirname, '..', '..')

const skipped = new Set(['node_modules', 'dist'])

/** Every file under a folder of the repository, as paths from its root. */
export function filesUnder(folder: string): readonly string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (!entry.isDirectory()) return [path]
    return skipped.has(entry.name) ? [] : filesUnder(path)
  })
}

/** The names of the folders directly in a folder of the repository. */
export function foldersIn(folder: string): readonly string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !skipped.has(entry.name))
    .map((entry) => entry.name)
}

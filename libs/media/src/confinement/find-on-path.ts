import { accessSync, constants, realpathSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

/** The file behind a tool's name or path, links resolved, or the name as it is when there is none. */
export function findOnPath(tool: string, path: string): string {
  const places = tool.includes('/') ? [resolve(tool)] : path.split(delimiter).map((folder) => join(folder, tool))
  const found = places.find((place) => {
    try {
      accessSync(place, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
  return found === undefined ? tool : realpathSync(found)
}

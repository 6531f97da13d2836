import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Which settings an app is given beyond the common ones; a worker never sees the database. */
interface AppAccess {
  readonly database: boolean
}

/** The long-running apps of the product, each a process of its own. */
export const apps: Readonly<Record<string, AppAccess>> = {
  api: { database: true },
  conductor: { database: true },
  'worker-snapshot-by-time-offset': { database: false },
  'worker-sample-snapshot': { database: false },
  'worker-image-sprites': { database: false },
  'worker-cover-by-snapshot': { database: false },
  'worker-ingest': { database: false },
}

/** The folder of package-lock.json: this file runs from apps/ in tests and from dist/apps/ otherwise. */
export function repositoryRoot(from = __dirname): string {
  const parent = dirname(from)
  if (parent === from) throw new Error('The launcher runs inside the Stillflow repository only.')
  return existsSync(join(from, 'package-lock.json')) ? from : repositoryRoot(parent)
}

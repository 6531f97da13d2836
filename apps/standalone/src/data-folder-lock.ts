import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { realpathSync } from 'node:fs'
import { createServer } from 'node:net'

/**
 * Takes the data folder for this process. The lock is a name in Linux's abstract socket space: the kernel lets one
 * process have it and frees it however that process ends, so there is no stale lock file to clean up.
 * @throws Error when another launcher has it
 */
export async function lockDataFolder(dataDir: string): Promise<{ release(): void }> {
  const name = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 32)
  const server = createServer((connection) => connection.destroy())
  try {
    server.listen(`\0stillflow-${name}`)
    await once(server, 'listening')
  } catch (cause) {
    throw new Error(
      `Stillflow is already running on ${dataDir}; stop it, or set STILLFLOW_DATA_DIR to another folder.`,
      { cause },
    )
  }
  server.unref()
  return { release: () => void server.close() }
}

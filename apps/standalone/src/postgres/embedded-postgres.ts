import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../free-port'
import { type Cluster, openCluster, superuser } from './cluster'
import { KeptUpPostmaster } from './kept-up-postmaster'
import { startPostmaster } from './postmaster'

export const host = '127.0.0.1'

export interface EmbeddedPostgresOptions {
  /** The cluster lives in (or belongs to) this folder and is kept from one start to the next. Only one server at a time. */
  readonly dataDir: string
  /** False for throw-away data, such as tests': commits do not wait for the disk, and stopping removes the cluster. */
  readonly durable?: boolean
  /** Told, in a sentence, when the server died by itself and is started again. */
  readonly report?: (line: string) => void
}

export interface EmbeddedPostgres {
  /** Connects as the superuser to the database `postgres`, on a port that is new at every start. */
  readonly url: string
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL from npm's binaries, making its data folder on first use; works for an ordinary user and for root.
 * A server that dies by itself is started again on the same port; one whose launcher dies stops.
 * @throws Error with the server's own words when it does not come up
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, durable = true, report = () => undefined } = options
  const cluster = await openCluster(dataDir)
  const port = await freePort(host)
  const server = new KeptUpPostmaster(
    () => startPostmaster(cluster, { port, logFile: join(dataDir, 'postgres.log'), durable }),
    report,
  )
  await server.start()
  return {
    url: urlOf(cluster, port),
    async stop() {
      await server.stop()
      if (!durable) rmSync(cluster.folder, { recursive: true })
    },
  }
}

/** Where a server of a cluster is found that listens on a port of this machine. */
export function urlOf({ password }: Cluster, port: number): string {
  return `postgres://${superuser}:${password}@${host}:${port}/postgres`
}

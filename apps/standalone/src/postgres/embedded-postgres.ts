import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../free-port'
import { openCluster, superuser } from './cluster'
import { startPostmaster, type Postmaster } from './postmaster'

const host = '127.0.0.1'

export interface EmbeddedPostgresOptions {
  /** The cluster lives in (or belongs to) this folder and is kept from one start to the next. Only one server at a time. */
  readonly dataDir: string
  /** False for throw-away data, such as tests': commits no longer wait for the disk. Default true. */
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
  const cluster = await openCluster(options.dataDir)
  const port = await freePort(host)
  const start = (): Promise<Postmaster> =>
    startPostmaster(cluster, {
      port,
      logFile: join(options.dataDir, 'postgres.log'),
      durable: options.durable ?? true,
    })
  let postmaster = await start()
  let stopping = false
  let restarting: Promise<void> | undefined

  const keepUp = (): void => {
    postmaster.process.once('exit', () => {
      if (!stopping) restarting = restart()
    })
  }
  const restart = async (): Promise<void> => {
    for (let pauseMs = 250; !stopping; pauseMs = Math.min(pauseMs * 2, 10_000)) {
      options.report?.(`PostgreSQL died; starting it again in ${String(pauseMs)} ms`)
      await wait(pauseMs)
      try {
        postmaster = await start()
        keepUp()
        return
      } catch (thrown) {
        options.report?.(String(thrown))
      }
    }
  }
  keepUp()

  return {
    url: `postgres://${superuser}:${cluster.password}@${host}:${String(port)}/postgres`,
    async stop() {
      stopping = true
      await restarting
      await postmaster.stop()
    },
  }
}

import { freePort } from '../../apps/standalone/src/free-port'
import { type Cluster, openCluster, superuser } from '../../apps/standalone/src/postgres/cluster'
import { type Postmaster, startPostmaster } from '../../apps/standalone/src/postgres/postmaster'
import { once } from 'node:events'
import { join } from 'node:path'

/** A PostgreSQL server that is stopped and started on purpose; commits wait for the disk, as in production. */
export class PostgresServer {
  private constructor(
    private readonly cluster: Cluster,
    private readonly folder: string,
    readonly port: number,
    private postmaster: Postmaster,
  ) {}

  static async start(folder: string): Promise<PostgresServer> {
    const cluster = await openCluster(folder)
    const port = await freePort('127.0.0.1')
    return new PostgresServer(cluster, folder, port, await launch(cluster, folder, port))
  }

  /** @param port of a proxy in front of it */
  urlBy(port = this.port): string {
    return `postgres://${superuser}:${this.cluster.password}@127.0.0.1:${port}/postgres`
  }

  /** As `pg_ctl stop -m immediate`: every connection breaks, and the next start recovers from the log. */
  async stopAtOnce(): Promise<void> {
    const exited = once(this.postmaster.process, 'exit')
    this.postmaster.process.kill('SIGQUIT')
    await exited
  }

  async startAgain(): Promise<void> {
    this.postmaster = await launch(this.cluster, this.folder, this.port)
  }

  stop(): Promise<void> {
    return this.postmaster.stop()
  }
}

function launch(cluster: Cluster, folder: string, port: number): Promise<Postmaster> {
  return startPostmaster(cluster, { port, logFile: join(folder, 'postgres.log'), durable: true })
}

import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { once } from 'node:events'
import { openCluster } from './cluster'
import { host, urlOf } from './embedded-postgres'

/** Of postmaster.pid, counted from 0: pid, data folder, start time, port (PostgreSQL, "miscadmin.h"). */
const portLine = 3

/** @returns the URL of the embedded server that another launcher keeps running; undefined when there is none */
export async function runningPostgresUrl(dataDir: string): Promise<string | undefined> {
  const cluster = await openCluster(dataDir)
  const port = Number(linesOf(join(cluster.folder, 'postmaster.pid'))[portLine])
  if (!Number.isInteger(port) || port < 1 || !(await listens(port))) return undefined
  return urlOf(cluster, port)
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}

/** A server that was killed leaves its file. */
async function listens(port: number): Promise<boolean> {
  const socket = connect(port, host)
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

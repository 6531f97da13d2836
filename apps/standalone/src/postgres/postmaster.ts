import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Cluster } from './cluster'

const startLimitMs = 60_000
const pollEveryMs = 10

export interface PostmasterOptions {
  readonly port: number
  readonly logFile: string
  /** False for throw-away data: commits do not wait for the disk, and the folder goes when this process dies. */
  readonly durable: boolean
}

/** A running server; the process ends by itself when this one dies, even by SIGKILL. */
export interface Postmaster {
  readonly process: ChildProcess
  stop(): Promise<void>
}

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  // Small on purpose: the embedded product shares a laptop with everything else.
  shared_buffers: '48MB',
  max_wal_size: '256MB',
  min_wal_size: '32MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_parallel_workers: '0',
  autovacuum_max_workers: '2',
  io_method: 'sync',
  jit: 'off',
}

const careless = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/**
 * Starts PostgreSQL on the cluster and resolves when it accepts connections. Its messages go to `logFile`.
 * @throws Error with the end of the log when it does not come up
 */
export async function startPostmaster(cluster: Cluster, options: PostmasterOptions): Promise<Postmaster> {
  await stopLeftover(cluster.folder)
  const log = openSync(options.logFile, 'a', 0o600)
  const values = Object.entries({ ...settings, ...(options.durable ? {} : careless) })
  const server = spawn(
    cluster.postgresPath,
    [
      '-D',
      cluster.folder,
      '-p',
      String(options.port),
      ...values.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    // A session of its own, so that Ctrl-C reaches the launcher alone.
    { ...cluster.user, cwd: '/', detached: true, stdio: ['ignore', log, log], env: { LC_ALL: 'C' } },
  )
  closeSync(log)
  const stopWatching = watchForOurDeath(server, options.durable ? undefined : cluster.folder)
  server.once('exit', stopWatching)
  server.once('error', stopWatching)
  await acceptsConnections(cluster.folder, server, options.logFile)
  return { process: server, stop: () => stopServer(server) }
}

/**
 * A shell that waits on a pipe nobody writes to: it ends when this process does, and then SIGINT means "fast shutdown".
 * @param throwAway a folder to remove when the server has gone
 */
function watchForOurDeath(server: ChildProcess, throwAway: string | undefined): () => void {
  const script = `read -r _; kill -INT "$1" 2>/dev/null
    [ -z "$2" ] || { while kill -0 "$1" 2>/dev/null; do sleep 0.1; done; rm -rf "$2"; }`
  const watchdog = spawn('/bin/sh', ['-c', script, 'watchdog', String(server.pid), throwAway ?? ''], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  return () => watchdog.kill('SIGKILL')
}

async function acceptsConnections(folder: string, server: ChildProcess, logFile: string): Promise<void> {
  const givenUpAtMs = Date.now() + startLimitMs
  let failure: Error | undefined
  server.once('error', (error) => (failure = error))
  while (Date.now() < givenUpAtMs && server.exitCode === null && server.signalCode === null && !failure) {
    const lock = readLock(folder)
    if (lock?.pid === server.pid && lock?.ready) return
    await wait(pollEveryMs)
  }
  await stopServer(server)
  const said = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-8).join('\n')
  throw new Error(`PostgreSQL did not start; the end of ${logFile}:\n${said}`, { cause: failure })
}

/** What postmaster.pid says; its eighth line becomes "ready" when connections are accepted, as pg_ctl reads it. */
function readLock(folder: string): { pid: number; ready: boolean } | undefined {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' }
  } catch {
    return undefined
  }
}

/** Ends the server of a launcher that was killed; the caller holds the lock on the data folder, so nobody else uses it. */
async function stopLeftover(folder: string): Promise<void> {
  const pid = readLock(folder)?.pid
  if (pid === undefined) return
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isServerOf(folder, pid)) return
    process.kill(pid, signal)
    for (const givenUpAtMs = Date.now() + 10_000; Date.now() < givenUpAtMs && isServerOf(folder, pid);) {
      await wait(pollEveryMs)
    }
  }
}

/**
 * A postmaster names its data folder in its arguments, which tells it from a stranger that got the same number later.
 * Its working folder would too, but in a container not even root may look at another user's.
 */
function isServerOf(folder: string, pid: number): boolean {
  try {
    const [, ...values] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return values[values.indexOf('-D') + 1] === folder
  } catch {
    return false
  }
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return
  const exited = once(server, 'exit')
  server.kill('SIGINT')
  const impatient = setTimeout(() => server.kill('SIGQUIT'), 15_000)
  await exited
  clearTimeout(impatient)
}

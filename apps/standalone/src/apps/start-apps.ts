import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { openAppLog } from './app-log'
import { apps } from './apps'
import { ChildApp } from './child-app'
import { portToBeFree } from '../free-port'
import { toldOnce } from './told-once'
import type { ProductSettings } from '../product-settings'

/** The apps of a launcher that was just killed notice it and end; their port is waited for as long as they may take. */
const portLimitMs = 16_000

/** A worker waits for ffmpeg and makes little garbage of its own: a small nursery spares 15 MB of each. */
const workerFlags = ['--max-semi-space-size=1']

export interface AppsToStart {
  readonly settings: ProductSettings
  readonly databaseUrl: string
  /** The folder of the compiled apps. */
  readonly appsDir: string
  readonly report: (line: string) => void
}

/** Runs the one-shot app that brings the schema up to date. @throws Error naming its log when it fails */
export function migrate(apps: AppsToStart): Promise<void> {
  return runMigrate(apps, [], "Bringing the database's schema up to date")
}

/** Runs the one-shot app that seals every secret with the first master key. @throws Error naming its log when it fails */
export function sealWithFirstKey(apps: AppsToStart): Promise<void> {
  return runMigrate(apps, ['rotate-secrets'], 'Sealing the secrets anew')
}

async function runMigrate(
  { settings, databaseUrl, appsDir, report }: AppsToStart,
  args: readonly string[],
  what: string,
): Promise<void> {
  const logFile = logFileOf(settings, 'migrate')
  const log = openAppLog(logFile, (line) => report(`migrate: ${line}`))
  const child = fork(mainOf(appsDir, 'migrate'), args, {
    env: settings.appEnv({ database: true }, databaseUrl),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  if (child.stdout) log.add(child.stdout)
  if (child.stderr) log.add(child.stderr)
  await once(child, 'close')
  log.end()
  if (child.exitCode !== 0) throw new Error(`${what} failed; the log is ${logFile}`)
}

/**
 * Starts every app at once and resolves when all are ready.
 * @returns what stops them again, all at once
 * @throws Error when one does not start; the others are stopped by then
 */
export async function startApps({ settings, databaseUrl, appsDir, report }: AppsToStart): Promise<() => Promise<void>> {
  await portToBeFree(settings.host, settings.port, portLimitMs)
  const tell = toldOnce(report)
  const children = Object.entries(apps).map(
    ([name, access], index) =>
      new ChildApp({
        name,
        main: mainOf(appsDir, name),
        execArgv: access.database ? [] : workerFlags,
        env: withHealthPort(settings.appEnv(access, databaseUrl), index),
        logFile: logFileOf(settings, name),
        stopLimitMs: settings.stopLimitMs,
        report: tell,
      }),
  )
  const stop = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.stop()))
  }
  try {
    await Promise.all(children.map((child) => child.start()))
    return stop
  } catch (thrown) {
    await stop()
    throw thrown
  }
}

/** One port cannot be everybody's: the first app has the one that was chosen, the others those behind it. */
function withHealthPort(env: NodeJS.ProcessEnv, index: number): NodeJS.ProcessEnv {
  const { HEALTH_PORT: first } = env
  return first === undefined ? env : { ...env, HEALTH_PORT: String(Number(first) + index) }
}

/** The compiled file that an app is started by. */
export function mainOf(appsDir: string, name: string): string {
  return join(appsDir, name, 'src', 'main.js')
}

function logFileOf({ dataDir }: ProductSettings, name: string): string {
  return join(dataDir, 'logs', `${name}.log`)
}

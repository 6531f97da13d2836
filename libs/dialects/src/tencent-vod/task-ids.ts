import { AppError, parseRunId, type RunId, type SubAppId } from '@libs/kernel'

/** Number of the main application: Tencent's AppIds have ten digits. */
const mainAppId = 1_500_000_000

/** A run as a TaskId names it. */
export interface TaskReference {
  readonly runId: RunId
  readonly type: 'process' | 'pull'
}

/** What clients know as the AppId of a sub-application. */
export function appIdOf(subAppId: SubAppId): number {
  return mainAppId + subAppId
}

/** @returns undefined for a number that is no AppId of ours */
export function subAppIdOf(appId: number): SubAppId | undefined {
  return appId >= mainAppId && appId < mainAppId + 2 ** 31 ? ((appId - mainAppId) as SubAppId) : undefined
}

/** A run as the vendor's TaskId: `<AppId>-Procedure-<32 hex digits>t0`. */
export function taskIdOf(subAppId: SubAppId, runId: RunId): string {
  return `${appIdOf(subAppId)}-Procedure-${runId}t0`
}

/** A run that pulls a media, as the vendor's TaskId: `<AppId>-Pull-<32 hex digits>`. */
export function pullTaskIdOf(subAppId: SubAppId, runId: RunId): string {
  return `${appIdOf(subAppId)}-Pull-${runId}`
}

const pattern = /^(\d+)-(?:Procedure-([0-9a-f]{32})t0|Pull-([0-9a-f]{32}))$/

/** @returns undefined for a text that names no run of this sub-application */
export function parseTaskId(subAppId: SubAppId, taskId: string): TaskReference | undefined {
  const [, appId, ofProcedure, ofPull] = pattern.exec(taskId) ?? []
  const runId = parseRunId(ofProcedure ?? ofPull ?? '')
  if (runId === undefined || appId !== String(appIdOf(subAppId))) return undefined
  return { runId, type: ofPull === undefined ? 'process' : 'pull' }
}

/** @throws AppError `run.notFound` */
export function decodeTaskId(subAppId: SubAppId, taskId: string): TaskReference {
  const found = parseTaskId(subAppId, taskId)
  if (found !== undefined) return found
  throw new AppError('run.notFound', `There is no task "${taskId}".`, { field: 'TaskId' })
}

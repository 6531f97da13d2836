import { parseRunId, type RunId, type SubAppId } from '@libs/kernel'

/** Number of the main application: Tencent's AppIds have ten digits. */
const mainAppId = 1_500_000_000

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

/** @returns undefined for a text that names no run of this sub-application */
export function parseTaskId(subAppId: SubAppId, taskId: string): RunId | undefined {
  const [, appId, runId] = /^(\d+)-Procedure-([0-9a-f]{32})t0$/.exec(taskId) ?? []
  return runId !== undefined && appId === String(appIdOf(subAppId)) ? parseRunId(runId) : undefined
}

export { answeredSocket } from './answered-socket'
export { Clock, SystemClock } from './clock'
export { AppError, errorCatalogue, errorCodes, isErrorCode, toAppError } from './errors'
export type { AppErrorOptions, Blame, ErrorCode, Fault } from './errors'
export {
  mainSubApp,
  newEventId,
  newMediaId,
  newRunId,
  newTaskId,
  newWebhookId,
  parseEventId,
  parseMediaId,
  parseRunId,
  parseTaskId,
  parseWebhookId,
  timeOfId,
} from './ids'
export type { EventId, MediaId, RunId, SubAppId, TaskId, WebhookId } from './ids'
export { inheritedEnv, readEnv, SettingsError } from './read-env'
export { shutdownEnv, shutdownLimits } from './process/shutdown.env'
export type { ShutdownLimits } from './process/shutdown.env'
export { superviseByParent } from './process/supervised'
export type { Supervision } from './process/supervised'
export { logEnv, logOptions } from './log'
export type { LogLevel } from './log'
export { assertRoom, diskEnv, freeBytes } from './disk-space'
export { startSpan, traceBy, traced, Tracer } from './trace'
export type { Span, SpanAttributes, SpanOptions } from './trace'
export { noteWork, originOfWork, workIds, workOn } from './work'
export type { Origin, WorkIds } from './work'
export { runApp } from './process/run-app'
export { runInLanes } from './run-in-lanes'
export { usableCores } from './usable-cores'

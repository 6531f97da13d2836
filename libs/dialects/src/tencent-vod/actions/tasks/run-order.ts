import type { NotifyMode, RunOrder } from '@libs/workflow'
import { ignored, integerIn, oneOf, string } from '../../protocol/fields'

/** The parameters with which a run is ordered, whatever it is to make. */
export const runOrderShape = {
  TasksPriority: integerIn(-10, 10).default(0),
  TasksNotifyMode: oneOf(['Finish', 'Change', 'None', '']).default(''),
  SessionContext: string(1000).default(''),
  SessionId: string(50).default(''),
  ExtInfo: ignored,
}

interface RunOrderParameters {
  readonly TasksPriority: number
  readonly TasksNotifyMode: 'Finish' | 'Change' | 'None' | ''
  readonly SessionContext: string
  readonly SessionId: string
}

const notifyModes: Readonly<Record<RunOrderParameters['TasksNotifyMode'], NotifyMode | undefined>> = {
  Finish: 'finish',
  Change: 'change',
  None: 'none',
  '': undefined,
}

const dayMs = 24 * 60 * 60 * 1000

/** @param dedup within how many days, and among which calls, a SessionId is taken once; an empty one is never taken */
export function toRunOrder(
  { TasksPriority, TasksNotifyMode, SessionContext, SessionId }: RunOrderParameters,
  dedup: { readonly scope: string; readonly days: number },
): RunOrder {
  return {
    dialect: 'tencent-vod',
    priority: TasksPriority,
    notifyMode: notifyModes[TasksNotifyMode],
    sessionContext: SessionContext,
    session: SessionId === '' ? undefined : { scope: dedup.scope, id: SessionId, windowMs: dedup.days * dayMs },
  }
}

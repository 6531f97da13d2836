import { type Fault, toAppError } from '@libs/kernel'
import type { Outcome } from '../../ports/dispatcher.port'
import type { SucceededTask, Task } from '../run'
import { withOutput } from '../task-record'
import { retryDelayMs } from './retry-policy'

/** What an outcome means for its task. */
export type Verdict =
  | { readonly status: 'succeeded'; readonly task: SucceededTask }
  | { readonly status: 'failed'; readonly task: Task; readonly fault: Fault }
  | {
      readonly status: 'postponed'
      readonly task: Task
      readonly fault: Fault
      readonly tries: number
      readonly dueAt: Date
    }

/** An output that is not what the kind promises is a fault of ours, and final: the same worker would bring it again. */
export function judgeOutcome(task: Task, outcome: Outcome, at: Date): Verdict {
  if (outcome.status === 'succeeded') {
    try {
      return { status: 'succeeded', task: withOutput(task, outcome.output) }
    } catch (thrown) {
      return { status: 'failed', task, fault: toAppError(thrown).toFault() }
    }
  }
  const { fault } = outcome
  const delayMs = retryDelayMs(task.kind, fault, task.tries)
  if (delayMs === undefined) {
    const { code, detail } = fault
    return { status: 'failed', task, fault: { code, detail } }
  }
  return { status: 'postponed', task, fault, tries: task.tries + 1, dueAt: new Date(at.getTime() + delayMs) }
}

import { isFinal, statesOf, type Transitions } from './transitions'

/** `dispatched` covers queued and running: the queue knows which, and it may forget. */
export type TaskState = 'waiting' | 'dispatched' | 'succeeded' | 'failed'

export const taskTransitions: Transitions<TaskState> = {
  waiting: ['dispatched', 'failed'],
  dispatched: ['succeeded', 'failed', 'waiting'],
  succeeded: [],
  failed: [],
}

/** Of tasks that have not ended. */
export const openTaskStates: readonly TaskState[] = statesOf(taskTransitions).filter(
  (state) => !isFinal(taskTransitions, state),
)

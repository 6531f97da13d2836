import type { Transitions } from './transitions'

export type RunState = 'waiting' | 'processing' | 'finished' | 'aborted'

export const runTransitions: Transitions<RunState> = {
  waiting: ['processing', 'finished', 'aborted'],
  processing: ['finished', 'aborted'],
  finished: [],
  aborted: [],
}

import type { KeyScope } from '@libs/workflow'
import type { Action, ScopedAction } from './dialect'

/** An action that keys may call which are for `scope`. */
export function needing(scope: KeyScope, action: Action): ScopedAction {
  return { ...action, needs: scope }
}

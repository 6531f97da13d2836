import { AppError } from '@libs/kernel'
import type { TaskKind } from './kind'

/** Completes a kind with `perform`: plan from what ingest found, then execute. */
export function defineTaskKind<Name extends string, Settings, Request, Plan, Output>(
  kind: Omit<TaskKind<Name, Settings, Request, Plan, Output>, 'perform'>,
): TaskKind<Name, Settings, Request, Plan, Output> {
  return {
    ...kind,
    perform: async (input, context, signal) => {
      const { media } = context.subject
      if (media === undefined) throw new AppError('internal', `A ${kind.name} task came without media facts.`)
      return kind.execute(kind.plan(input, media), context, signal)
    },
  }
}

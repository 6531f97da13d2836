import type { ExecuteEnvelope, Execution } from '@libs/queue'
import { AppError } from '@libs/kernel'
import type { Performable, Tools } from '@libs/tasks'
import type { z } from 'zod'
import { artifactPrefixOf } from './artifact-prefix'
import type { Workspaces } from './workspaces'

function parsed<Value>(schema: z.ZodType<Value>, value: unknown, what: string): Value {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new AppError('task.invalidConfiguration', `The task's ${what} are not what its kind takes.`, {
    cause: result.error,
  })
}

/**
 * A worker is a function with a queue in front: the envelope in, the output of its kind out.
 * @throws AppError why the task failed
 */
export async function executeTask<Name extends string, Settings, Request, Output>(
  performable: Performable<Name, Settings, Request, Output>,
  { tools, workspaces }: { readonly tools: Tools; readonly workspaces: Workspaces },
  { envelope, execution }: { readonly envelope: ExecuteEnvelope; readonly execution: Execution },
  signal: AbortSignal,
): Promise<Output> {
  const input = {
    settings: parsed(performable.settings, envelope.input.settings, 'settings'),
    request: parsed(performable.request, envelope.input.request, 'request fields'),
  }
  return workspaces.lend((workspace) => {
    const place = { workspace, artifactPrefix: artifactPrefixOf(envelope, execution) }
    const { subject } = envelope
    return performable.perform(input, { subject, place, tools, report: execution.report }, signal)
  })
}

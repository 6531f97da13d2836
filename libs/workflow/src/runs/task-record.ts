import { AppError } from '@libs/kernel'
import { type KindName, kinds } from '@libs/tasks'
import type { SucceededTask, Task, TaskFacts } from './run'

/** What a task holds of its kind's own, as JSON. */
export interface TaskDocuments {
  readonly settings: unknown
  readonly request: unknown
  readonly output: unknown
}

/**
 * Joins a task with its documents, each parsed by the schema of the task's kind: on the way out of a store, and
 * when a worker's output arrives.
 * @throws ZodError when a document is not what its kind says
 */
export function taskFrom(kind: KindName, facts: TaskFacts, documents: TaskDocuments): Task {
  const { settings, request, output } = kinds[kind]
  const parsed = {
    ...facts,
    kind,
    settings: settings.parse(documents.settings),
    request: request.parse(documents.request),
    output: documents.output == null ? undefined : output.parse(documents.output),
  }
  // The compiler cannot see that one kind's three schemas were used together.
  return parsed as Task
}

/** @throws AppError `internal` when the output is not what the task's kind promises */
export function withOutput(task: Task, output: unknown): SucceededTask {
  const parsed = kinds[task.kind].output.safeParse(output)
  if (parsed.success) return { ...task, output: parsed.data } as SucceededTask
  throw new AppError('internal', `A ${task.kind} worker brought an output of the wrong shape.`, { cause: parsed.error })
}

/** Whether a task has brought its output. */
export function hasSucceeded<Kind extends KindName>(task: Task<Kind>): task is SucceededTask<Kind> {
  return task.state === 'succeeded' && task.output !== undefined
}

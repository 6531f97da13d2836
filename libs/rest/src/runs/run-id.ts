import { AppError, parseRunId, type RunId } from '@libs/kernel'

/** @throws AppError `run.notFound` for a text that cannot be a run's id */
export function runIdOf(text: string): RunId {
  const runId = parseRunId(text)
  if (runId !== undefined) return runId
  throw new AppError('run.notFound', `There is no run "${text}".`, { field: 'runId' })
}

import { AppError } from '@libs/kernel'

/** What a task that was told to stop ends with: the fault that the signal was aborted with, else `task.aborted`. */
export function abortFault(signal: AbortSignal): AppError {
  const reason: unknown = signal.reason
  return reason instanceof AppError ? reason : new AppError('task.aborted', 'The task was aborted.', { cause: reason })
}

import { AppError, type TaskId } from '@libs/kernel'

export function unknownTask(taskId: TaskId): AppError {
  return new AppError('task.notFound', `There is no task "${taskId}".`, { field: 'taskId' })
}

import type { PictureKindName } from '@libs/tasks'
import type { FileUrls, SucceededTask, TaskRequest } from '@libs/workflow'
import type { z } from 'zod'

/** How the vendor speaks of one kind of task. */
export interface KindCodec<Kind extends PictureKindName> {
  /** Member of MediaProcessTaskInput that lists such tasks. */
  readonly set: string
  /** `Type` of such a result. */
  readonly type: string
  /** Member of MediaProcessTaskResult that holds such a result. */
  readonly member: string
  /** Vendor's task input → what is asked. */
  readonly input: z.ZodType<TaskRequest<Kind>>
  /** What is asked → vendor's task input, as results echo it and procedures list it. */
  encode(request: TaskRequest<Kind>): object
  output(task: SucceededTask<Kind>, urls: FileUrls): object
}

import { redisUrl } from '@libs/redis'
import { z } from 'zod'

/** With REDIS_URL the queue is in Redis or Valkey; else in the PostgreSQL at QUEUE_DATABASE_URL. */
export const queueEnv = {
  REDIS_URL: redisUrl.optional(),
  QUEUE_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'expected postgres://…' }).optional(),
  /** Tasks that one worker process runs at a time. */
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).optional(),
}

export type QueueSettings = z.infer<z.ZodObject<typeof queueEnv>>

import type { RunOrder } from '@libs/workflow'
import { z } from 'zod'
import { httpUrl, integerIn, queueName, text } from '../fields'

/** What can be said about a run besides what it makes. */
export const runOrderShape = {
  priority: integerIn(-10, 10).prefault(0),
  queue: queueName.optional(),
  notifyMode: z.enum(['finish', 'change', 'none']).optional(),
  callbackUrl: httpUrl.optional(),
  sessionContext: text(1000).default(''),
  sessionId: text(50).default(''),
}

type RunOrderBody = z.output<z.ZodObject<typeof runOrderShape>>

const sessionWindowMs = 3 * 24 * 60 * 60 * 1000

/** A session is taken once in three days, among all calls of this API. */
export function toRunOrder({ notifyMode, sessionId, ...order }: RunOrderBody): RunOrder {
  const session = { scope: 'rest', id: sessionId, windowMs: sessionWindowMs }
  return { dialect: 'rest', notifyMode, ...order, session: sessionId === '' ? undefined : session }
}

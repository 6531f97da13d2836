import { redisUrl } from '@libs/redis'
import { z } from 'zod'

/** How the rates that the doors ask for are changed. */
export interface RateRules {
  readonly factor: number
  /** Calls a second, by action. */
  readonly perSecond: Readonly<Record<string, number>>
}

const error = 'expected off, or a factor and rates by action, such as 2,ProcessMedia=500'

function parseRules(text: string): RateRules | undefined {
  const parts = text.split(',').map((part) => part.trim())
  const perSecond: Record<string, number> = {}
  let factor = 1
  for (const part of parts) {
    const [, action, rate] = /^(?:(\w+)=)?(\d+(?:\.\d+)?)$/.exec(part) ?? []
    if (rate === undefined || Number(rate) === 0) return undefined
    if (action === undefined) factor = Number(rate)
    else perSecond[action] = Number(rate)
  }
  return { factor, perSecond }
}

/** The settings that this room needs. */
export const limitsEnv = {
  REDIS_URL: redisUrl.optional(),
  RATE_LIMITS: z
    .string()
    .default('1')
    .transform((text, context): RateRules | 'off' => {
      const rules = text === 'off' ? text : parseRules(text)
      if (rules !== undefined) return rules
      context.addIssue({ code: 'custom', message: error })
      return z.NEVER
    }),
  /** Wrong keys that one address, or one key, may be tried with in a minute; 0: as many as anybody likes. */
  FAILED_AUTH_PER_MINUTE: z.coerce.number().int().min(0).default(60),
  /** Requests that an API process is at: calls, transfers and streams each; the next one is turned away. */
  MAX_IN_FLIGHT: z.coerce.number().int().min(1).default(1_000),
  /** Tasks of one sub-application that may wait; 0: as many as come. */
  MAX_WAITING_TASKS: z.coerce.number().int().min(0).default(0),
} as const

export type LimitSettings = z.infer<z.ZodObject<typeof limitsEnv>>

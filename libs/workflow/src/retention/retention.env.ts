import { z } from 'zod'
import type { RetentionRules } from './retention-rules'

/** Longer than an event is kept for those who pull, and than URLs of files are good. */
const usualReplacedDays = 7

const days = z.coerce.number().int().min(1).max(36_500)

/** How long what is for what; absent: for ever, but what was replaced. */
export const retentionEnv = {
  RETAIN_RESULTS_DAYS: days.optional(),
  RETAIN_REPLACED_DAYS: z.union([z.literal('forever'), days]).default(usualReplacedDays),
  RETAIN_SOURCES_DAYS: days.optional(),
  RETAIN_RUNS_DAYS: days.optional(),
  RETAIN_EVENTS_DAYS: days.optional(),
}

export function retentionRules(settings: z.infer<z.ZodObject<typeof retentionEnv>>): RetentionRules {
  const { RETAIN_REPLACED_DAYS: replaced } = settings
  return {
    resultsDays: settings.RETAIN_RESULTS_DAYS,
    replacedDays: replaced === 'forever' ? undefined : replaced,
    sourcesDays: settings.RETAIN_SOURCES_DAYS,
    runsDays: settings.RETAIN_RUNS_DAYS,
    eventsDays: settings.RETAIN_EVENTS_DAYS,
  }
}

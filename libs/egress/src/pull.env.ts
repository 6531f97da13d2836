import { z } from 'zod'
import type { FetchLimits } from './guarded-fetcher'

/** This room's slice of the settings of an app that pulls. */
export const pullEnv = {
  /** The largest file that is pulled. */
  PULL_MAX_MB: z.coerce.number().int().min(1).default(51_200),
  /** How long a server that a file is pulled from may say nothing. */
  PULL_STALL_SECONDS: z.coerce.number().int().min(1).default(15),
}

/** For the look-up and the connection, which come before a server can answer. */
const resolvingMs = 5_000

export function pullLimitsIn(settings: z.infer<z.ZodObject<typeof pullEnv>>): Partial<FetchLimits> {
  const silenceMs = settings.PULL_STALL_SECONDS * 1_000
  return {
    maxBytes: settings.PULL_MAX_MB * 1024 ** 2,
    silenceMs,
    // A drip is judged over longer than silence is borne.
    rateWindowMs: 2 * silenceMs,
    answerMs: silenceMs + resolvingMs,
  }
}

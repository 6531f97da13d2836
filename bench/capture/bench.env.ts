import { z } from 'zod'

/** What can be set for the capture bench besides its arguments. */
export const benchEnv = {
  BENCH_ROUNDS: z.coerce.number().int().positive().default(5),
  /** A way that is expected to take longer is left out. */
  BENCH_LIMIT_S: z.coerce.number().positive().default(120),
  /** Also runs what takes many minutes: sprites of five hours. */
  BENCH_LONG: z.stringbool().default(false),
}

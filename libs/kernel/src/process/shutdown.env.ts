import { z } from 'zod'

/** How long an app takes to stop. */
export const shutdownEnv = {
  /** What is at hand when an app is told to stop may go on for so long; then calls are cut off and tasks given back. */
  SHUTDOWN_GRACE_SECONDS: z.coerce.number().min(0).max(3_600).default(10),
  /** For so long the API goes on as before while it says that it is not ready, so that load balancers notice. */
  DRAIN_SECONDS: z.coerce.number().min(0).max(300).default(0),
} as const

export interface ShutdownLimits {
  readonly graceMs: number
  readonly drainMs: number
  /** In all; beyond it something hangs. */
  readonly limitMs: number
}

const closingMs = 9_000

export function shutdownLimits(settings: z.infer<z.ZodObject<typeof shutdownEnv>>): ShutdownLimits {
  const [graceMs, drainMs] = [settings.SHUTDOWN_GRACE_SECONDS * 1_000, settings.DRAIN_SECONDS * 1_000]
  return { graceMs, drainMs, limitMs: graceMs + drainMs + closingMs }
}

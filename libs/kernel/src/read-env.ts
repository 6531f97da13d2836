import { z } from 'zod'

/** Thrown at start-up with every setting that is wrong, one a line, so that nobody fixes them one restart at a time. */
export class SettingsError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`These settings are wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.name = 'SettingsError'
  }
}

/**
 * Reads an app's settings: the schema slices of the rooms it composes, merged.
 * An empty variable counts as absent, as compose files pass it.
 * @throws SettingsError listing all problems
 */
export function readEnv<Shape extends z.ZodRawShape>(
  shape: Shape,
  source: NodeJS.ProcessEnv = process.env,
): z.infer<z.ZodObject<Shape>> {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = z.object(shape).safeParse(present)
  if (parsed.success) return parsed.data
  throw new SettingsError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
}

/** The whole environment of this process, for handing on to a child process; settings are read with `readEnv`. */
export function inheritedEnv(): NodeJS.ProcessEnv {
  return { ...process.env }
}

import { z } from 'zod'
import { workIds } from './work'

/** How much an app says. */
export const logEnv = {
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
}

export type LogLevel = z.infer<(typeof logEnv)['LOG_LEVEL']>

/** Libraries hang on an error what it was about: a failed statement its parameters, a failed request its headers. */
export function errorFacts(thrown: unknown): object {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: String(thrown) }
  const { name: type, message, stack, cause } = thrown
  const code = 'code' in thrown && typeof thrown.code === 'string' ? { code: thrown.code } : {}
  return { type, message, stack, ...code, ...(cause instanceof Error && { cause: errorFacts(cause) }) }
}

/**
 * What every app tells its logger: JSON lines that name the app and what is being worked on, without secrets. They go to a synchronous destination:
 * an asynchronous one keeps an ending process for ever when nobody is left to read its last lines.
 */
export function logOptions(app: string, level: LogLevel) {
  return {
    level,
    base: { app },
    mixin: workIds,
    serializers: { err: errorFacts },
    // Else pino-http hands them what its own have made of an error.
    wrapSerializers: false,
    redact: {
      paths: ['req.headers.authorization', 'req.headers.cookie', 'secretKey', '*.secretKey'],
      censor: '[redacted]',
    },
  }
}

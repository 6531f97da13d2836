import { z } from 'zod'

/** How much an app says. */
export const logEnv = {
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
}

export type LogLevel = z.infer<(typeof logEnv)['LOG_LEVEL']>

/**
 * What every app tells its logger: JSON lines that name the app, without secrets. They go to a synchronous destination:
 * an asynchronous one keeps an ending process for ever when nobody is left to read its last lines.
 */
export function logOptions(app: string, level: LogLevel) {
  return {
    level,
    base: { app },
    redact: {
      paths: ['req.headers.authorization', 'req.headers.cookie', 'secretKey', '*.secretKey'],
      censor: '[redacted]',
    },
  }
}

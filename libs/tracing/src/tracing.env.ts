import { z } from 'zod'

const collector = z.url({ protocol: /^https?$/, error: 'expected http://… or https://…' }).optional()

/** OpenTelemetry's own names. Its library reads them, and its others, by itself; here they are checked. */
export const tracingEnv = {
  /** A collector; traces go to `/v1/traces` there. Absent: nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: collector,
  /** Where traces go, as it is. */
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector,
  OTEL_TRACES_SAMPLER: z
    .enum([
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ])
    .optional(),
  /** The share of traces that are kept, where the sampler asks for one. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).optional(),
}

export type TracingSettings = z.infer<z.ZodObject<typeof tracingEnv>>

import { AppError, parseRunId, parseTaskId, type WorkIds } from '@libs/kernel'
import { kindNames, mediaInfo } from '@libs/tasks'
import { z } from 'zod'

export const envelopeVersion = 1

/** A string that a parser of ids accepts, as the id. */
function idOf<Id>(parse: (text: string) => Id | undefined, name: string) {
  return z.string().transform((text, context): Id => {
    const id = parse(text)
    if (id !== undefined) return id
    context.addIssue({ code: 'custom', message: `not a ${name}` })
    return z.NEVER
  })
}

/** Of the call that made the run; envelopes of earlier releases do not have it. */
const origin = z.object({ requestId: z.string().optional(), traceparent: z.string().optional() })

const settleEnvelope = z.object({
  version: z.literal(envelopeVersion),
  taskId: idOf(parseTaskId, 'task id'),
  generation: z.int().nonnegative(),
  runId: idOf(parseRunId, 'run id').optional(),
  trace: origin.optional(),
})

const executeEnvelope = settleEnvelope.extend({
  runId: idOf(parseRunId, 'run id'),
  kind: z.enum(kindNames),
  /** As the kind's schemas say; who knows the kind parses it. */
  input: z.object({ settings: z.unknown(), request: z.unknown() }),
  subject: z.object({ sourceKey: z.string().min(1), media: mediaInfo.optional() }),
  subAppId: z.int().nonnegative(),
  trace: origin.extend({
    /** Wall clock of the sender, in ms since 1970. */
    sentAtMs: z.number(),
  }),
})

/** What a worker is told about a task. It cannot look anything up: all that it needs is in here. */
export type ExecuteEnvelope = z.infer<typeof executeEnvelope>

export type SettleEnvelope = z.infer<typeof settleEnvelope>

/** Checks a job's data for `execute`. @throws AppError `task.invalidConfiguration` */
export function parseExecuteEnvelope(data: unknown): ExecuteEnvelope {
  return parse(executeEnvelope, data)
}

/** Checks a job's data for `settle`. @throws AppError `task.invalidConfiguration` */
export function parseSettleEnvelope(data: unknown): SettleEnvelope {
  return parse(settleEnvelope, data)
}

const versioned = z.object({ version: z.unknown() }).catch({ version: undefined })

/** Whether a later release than this one sent a job. */
export function isOfNewerRelease(data: unknown): boolean {
  const { version } = versioned.parse(data)
  return typeof version === 'number' && version > envelopeVersion
}

/** Not retryable: the same bytes will not parse later either, and a guess could do the wrong work. */
function parse<Schema extends z.ZodType>(schema: Schema, data: unknown): z.infer<Schema> {
  const { version } = versioned.parse(data)
  if (version !== envelopeVersion) {
    throw new AppError(
      'task.invalidConfiguration',
      `This job has envelope version ${String(version)}, but this process reads version ${envelopeVersion}: ` +
        'run the same release everywhere.',
    )
  }
  const parsed = schema.safeParse(data)
  if (parsed.success) return parsed.data
  throw new AppError('task.invalidConfiguration', `This job's envelope is wrong: ${z.prettifyError(parsed.error)}`)
}

const ids = z.object({ runId: z.string(), taskId: z.string(), trace: origin }).partial().catch({})

/** What the log says with a job, as far as its data tell: they may be wrong. */
export function workOfJob({ id: jobId, data }: { readonly id?: string | undefined; readonly data: unknown }): WorkIds {
  const { trace, ...told } = ids.parse(data)
  return { ...told, ...trace, jobId }
}

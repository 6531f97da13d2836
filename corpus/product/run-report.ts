import { z } from 'zod'

const file = z.object({ url: z.url(), sizeBytes: z.number() })
const still = file.extend({ widthPx: z.int(), heightPx: z.int(), atMs: z.number(), ptsMs: z.number() })
const fault = z.object({ code: z.string(), detail: z.string() })
const of = <Output extends z.ZodType, Kind extends string>(kind: Kind, output: Output) =>
  z.object({ kind: z.literal(kind), state: z.string(), fault: fault.optional(), output: output.optional() })

const task = z.discriminatedUnion('kind', [
  of('snapshotByTimeOffset', z.object({ stills: z.array(still) })),
  of('sampleSnapshot', z.object({ stills: z.array(still) })),
  of(
    'imageSprites',
    z.object({
      cellWidthPx: z.int(),
      cellHeightPx: z.int(),
      cellCount: z.int(),
      sheets: z.array(file),
      vtt: file,
    }),
  ),
  of('coverBySnapshot', z.object({ cover: still })),
])

/** A run that has ended, as `GET /v1/runs/<id>` tells of it. */
export const runReport = z.object({ runId: z.string(), state: z.string(), tasks: z.array(task).min(1) })

export type RunReport = z.infer<typeof runReport>
export type ReportedTask = RunReport['tasks'][number]
export type ReportedStill = z.infer<typeof still>
export type ReportedSprite = NonNullable<Extract<ReportedTask, { kind: 'imageSprites' }>['output']>

/** A run's end with what only the operator sees. */
export interface RunEnd extends RunReport {
  readonly mediaId: string
  /** How often each task, and the ingest before them, was tried again. */
  readonly retries: number
}

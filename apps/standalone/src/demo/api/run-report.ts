import { z } from 'zod'
import type { RestClient } from './rest-client'

const still = z.object({ url: z.url(), atMs: z.number(), widthPx: z.number(), heightPx: z.number() })

const task = z.object({
  kind: z.string(),
  state: z.string(),
  fault: z.object({ code: z.string(), detail: z.string() }).nullish(),
  output: z
    .object({
      stills: z.array(still).optional(),
      cover: still.optional(),
      sheets: z.array(z.object({ url: z.url() })).optional(),
      vtt: z.object({ url: z.url() }).optional(),
    })
    .nullish(),
})

const runReport = z.object({ tasks: z.array(task) })

export interface TaskReport {
  readonly kind: string
  readonly state: string
  readonly fault: { readonly code: string; readonly detail: string } | undefined
  readonly stills: readonly z.infer<typeof still>[]
  readonly sprite: { readonly sheetUrls: readonly string[]; readonly vttUrl: string } | undefined
}

export interface RunReport {
  readonly tasks: readonly TaskReport[]
}

/** What the API says of a run at this moment. @throws DemoFailure `refused` */
export async function readRun(api: RestClient, runId: string): Promise<RunReport> {
  const { tasks } = runReport.parse(await api.get(`/v1/runs/${runId}`))
  return { tasks: tasks.map(toTaskReport) }
}

function toTaskReport({ kind, state, fault, output }: z.infer<typeof task>): TaskReport {
  const { stills = [], cover, sheets = [], vtt } = output ?? {}
  return {
    kind: kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    state,
    fault: fault ?? undefined,
    stills: cover === undefined ? stills : [cover],
    sprite: vtt && { sheetUrls: sheets.map(({ url }) => url), vttUrl: vtt.url },
  }
}

import { answerOf, type Client, type components } from '@libs/client'

type Task = components['schemas']['Run']['tasks'][number]
type Still = components['schemas']['Still']

export interface TaskReport {
  readonly kind: string
  readonly state: string
  readonly fault: { readonly code: string; readonly detail: string } | undefined
  readonly stills: readonly Still[]
  readonly sprite: { readonly sheetUrls: readonly string[]; readonly vttUrl: string } | undefined
}

export interface RunReport {
  readonly tasks: readonly TaskReport[]
}

/** What the API says of a run at this moment. @throws ApiProblem */
export async function readRun(api: Client, runId: string): Promise<RunReport> {
  const { tasks } = await answerOf(api.GET('/v1/runs/{runId}', { params: { path: { runId } } }))
  return { tasks: tasks.map(toTaskReport) }
}

function toTaskReport(task: Task): TaskReport {
  const { kind, state, fault } = task
  return {
    kind: kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    state,
    fault,
    stills: stillsOf(task),
    sprite: task.kind === 'imageSprites' ? spriteOf(task.output) : undefined,
  }
}

function stillsOf(task: Task): readonly Still[] {
  if (task.kind === 'imageSprites' || task.output === undefined) return []
  return 'cover' in task.output ? [task.output.cover] : task.output.stills
}

function spriteOf(output: Extract<Task, { kind: 'imageSprites' }>['output']): TaskReport['sprite'] {
  return output && { sheetUrls: output.sheets.map(({ url }) => url), vttUrl: output.vtt.url }
}

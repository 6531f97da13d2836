import { type PictureKindName, pictureKindNames } from '@libs/tasks'
import type { TaskRequest } from '@libs/workflow'
import { z } from 'zod'
import { listOf, unsupported } from '../protocol/fields'
import { kindCodecs } from './kind-codecs'

const mostTasksPerSet = 100

/** Task requests with the vendor's path of each, so that a refusal can name it. */
export interface DecodedTasks {
  readonly tasks: readonly TaskRequest[]
  readonly paths: readonly string[]
}

const taskSets: Readonly<Record<string, z.ZodType<readonly TaskRequest[] | undefined>>> = Object.fromEntries(
  pictureKindNames.map((kind) => {
    const { set, input } = kindCodecs[kind]
    const task: z.ZodType<TaskRequest> = input
    return [set, listOf(task, mostTasksPerSet).optional()]
  }),
)

const otherSets: Readonly<Record<string, typeof unsupported>> = {
  TranscodeTaskSet: unsupported,
  AnimatedGraphicTaskSet: unsupported,
  AdaptiveDynamicStreamingTaskSet: unsupported,
}

/** MediaProcessTaskInput: the sets of the four kinds, in order of kinds. */
export const mediaProcessTask = z.strictObject({ ...taskSets, ...otherSets }).transform((sets): DecodedTasks => {
  const found = Object.keys(taskSets).flatMap((set) =>
    (sets[set] ?? []).map((task, index) => ({ task, path: `MediaProcessTask.${set}.${index}` })),
  )
  return { tasks: found.map(({ task }) => task), paths: found.map(({ path }) => path) }
})

/** The vendor's name for a field of ours that is inside one of the tasks. */
export function taskFieldName(field: string, { paths }: DecodedTasks): string | undefined {
  const [, index, watermark] = /^tasks\.(\d+)\.(?:watermarks\.(\d+)\.)?definition$/.exec(field) ?? []
  if (index === undefined) return undefined
  const within = watermark === undefined ? '' : `WatermarkSet.${watermark}.`
  return `${paths[Number(index)] ?? 'MediaProcessTask'}.${within}Definition`
}

function encodeTask<Kind extends PictureKindName>(request: TaskRequest<Kind>): { set: string; input: object } {
  const codec = kindCodecs[request.kind]
  return { set: codec.set, input: codec.encode(request) }
}

/** Task requests → MediaProcessTaskInput with the sets that are not empty. */
export function encodeMediaProcessTask(tasks: readonly TaskRequest[]): Readonly<Record<string, readonly object[]>> {
  const encoded = tasks.map((task) => encodeTask(task))
  const sets = pictureKindNames.map((kind) => kindCodecs[kind].set).filter((set) => encoded.some((t) => t.set === set))
  return Object.fromEntries(sets.map((set) => [set, encoded.filter((t) => t.set === set).map(({ input }) => input)]))
}

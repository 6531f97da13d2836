import type { PictureKindName } from '@libs/tasks'
import type { TaskRequest } from '@libs/workflow'
import type { View } from '../../openapi/view'
import { presentOffset } from '../offset-body'
import type { taskRequestView } from './task-view'

export type TaskRequestView<Kind extends PictureKindName = PictureKindName> = Extract<
  View<typeof taskRequestView>,
  { readonly kind: Kind }
>

const presentOf: { readonly [Kind in PictureKindName]: (task: TaskRequest<Kind>) => TaskRequestView<Kind> } = {
  snapshotByTimeOffset: (task) => {
    const { offsets, watermarks } = task.request
    return { ...partsOf(task), offsets: offsets.map(presentOffset), watermarks }
  },
  sampleSnapshot: (task) => ({ ...partsOf(task), watermarks: task.request.watermarks }),
  imageSprites: (task) => {
    const { cellFileName, vttFileName } = task.request
    return { ...partsOf(task), cellFileName, vttFileName }
  },
  coverBySnapshot: (task) => {
    const { position, watermarks } = task.request
    return { ...partsOf(task), position: presentOffset(position), watermarks }
  },
}

/** A task request in the words in which it was asked. */
export function presentTaskRequest<Kind extends PictureKindName>(task: TaskRequest<Kind>): TaskRequestView<Kind> {
  const present: (task: TaskRequest<Kind>) => TaskRequestView<Kind> = presentOf[task.kind]
  return present(task)
}

/** What requests of all kinds have. */
function partsOf<Kind extends PictureKindName>({ kind, definition, settings, request }: TaskRequest<Kind>) {
  const { accuracy, fileName, bucket } = request
  // Marks are told of as they were asked for; what their templates said then is the task's own business.
  const own = settings && { ...settings, watermarks: undefined }
  return { kind, definition, settings: own, accuracy, fileName, bucket }
}

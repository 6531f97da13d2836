import type { PictureKindName, RequestOf } from '@libs/tasks'

/** One wish of a caller: a kind, the template that it draws on, and what this call adds. */
export type TaskRequest<Name extends PictureKindName = PictureKindName> = {
  [K in Name]: { readonly kind: K; readonly definition: number; readonly request: RequestOf<K> }
}[Name]

/** A stored, named list of task requests. */
export interface Procedure {
  readonly name: string
  readonly type: 'preset' | 'custom'
  readonly comment: string
  readonly tasks: readonly TaskRequest[]
  readonly createdAt: Date
  readonly updatedAt: Date
}

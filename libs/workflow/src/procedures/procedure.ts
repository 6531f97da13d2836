import { type PictureKindName, pictureKindNames, pictureKinds, type RequestOf } from '@libs/tasks'
import { z } from 'zod'

/** One wish of a caller: a kind, the template that it draws on, and what this call adds. */
export type TaskRequest<Name extends PictureKindName = PictureKindName> = {
  [K in Name]: { readonly kind: K; readonly definition: number; readonly request: RequestOf<K> }
}[Name]

const anyRequest = z
  .object({ kind: z.enum(pictureKindNames), definition: z.int(), request: z.unknown() })
  .transform(({ kind, definition, request }) => {
    const parsed = pictureKinds[kind].request.parse(request)
    // The compiler cannot see that the schema was the one of this very kind.
    return { kind, definition, request: parsed } as TaskRequest
  })

/** Task requests as they are stored with a procedure. */
export const taskRequests = z.array(anyRequest)

/** A stored, named list of task requests. */
export interface Procedure {
  readonly name: string
  readonly type: 'preset' | 'custom'
  readonly comment: string
  readonly tasks: readonly TaskRequest[]
  readonly createdAt: Date
  readonly updatedAt: Date
}

import { type PictureKindName, pictureKindNames, pictureKinds, type RequestOf, type SettingsOf } from '@libs/tasks'
import { z } from 'zod'

/** One wish of a caller: a kind, the template that it draws on or settings of its own, and what this call adds. */
export type TaskRequest<Name extends PictureKindName = PictureKindName> = {
  [K in Name]: {
    readonly kind: K
    readonly definition?: number | undefined
    /** In place of a template's. */
    readonly settings?: SettingsOf<K> | undefined
    readonly request: RequestOf<K>
  }
}[Name]

const anyRequest = z
  .object({
    kind: z.enum(pictureKindNames),
    definition: z.int().optional(),
    settings: z.unknown().optional(),
    request: z.unknown(),
  })
  .transform(({ kind, definition, settings, request }) => {
    const { settings: ownSettings, request: ownRequest } = pictureKinds[kind]
    const own = settings === undefined ? {} : { settings: ownSettings.parse(settings) }
    // The compiler cannot see that the schemas were those of this very kind.
    return { kind, definition, ...own, request: ownRequest.parse(request) } as TaskRequest
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

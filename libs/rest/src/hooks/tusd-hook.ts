import type { SubAppId } from '@libs/kernel'
import type { FinishedFile } from '@libs/workflow'
import { createZodDto } from 'nestjs-zod'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { checkInput } from '../check-input'
import { httpUrl, text } from '../fields'
import { readUploadMetadata } from '../uploads/resumable/upload-metadata'

/** Where tusd hands uploads out, and which procedure runs on all of them, whatever their uploaders say. */
export class TusdHookQuery extends createZodDto(
  z.strictObject({ from: httpUrl, procedure: text(64).min(1).optional() }),
) {}

const upload = z.object({
  ID: text(1_024).min(1),
  IsPartial: z.boolean().default(false),
  MetaData: z.record(z.string(), z.string()).nullish(),
})

/** What tusd 2 sends; tusd 1 sends what is in `Event`, and the type in a header. */
export const tusdHook = z
  .looseObject({ Type: z.string().optional(), Event: z.looseObject({}).optional(), Upload: z.unknown().optional() })
  .meta({ id: 'TusdHook' })

export type TusdHook = z.output<typeof tusdHook>

/** Uploaders are strangers: they say how a file is called, what is to be made of it, and what they want to hear again. */
const heeded = ['filename', 'name', 'procedure', 'sessionContext']

/**
 * @param hookName the type, where it is in a header
 * @returns the file of a finished upload; undefined for anything else that tusd tells
 * @throws AppError as `checkInput`
 */
export function readTusdHook(
  hook: TusdHook,
  hookName: string | undefined,
  { from, procedure: always }: TusdHookQuery,
  subAppId: SubAppId,
): FinishedFile | undefined {
  if ((hook.Type ?? hookName) !== 'post-finish') return undefined
  const { Upload } = checkInput(z.object({ Upload: upload }), hook.Event ?? hook)
  // It is joined with others later, and told of then.
  if (Upload.IsPartial) return undefined
  const said = Object.entries(Upload.MetaData ?? {}).filter(([name]) => heeded.includes(name))
  const metadata = { ...Object.fromEntries(said), ...(always !== undefined && { procedure: always }) }
  const { source, procedure } = readUploadMetadata(metadata, '')
  const url = `${from.replace(/\/+$/, '')}/${Upload.ID.split('/').map(escaped).join('/')}`
  return {
    subAppId,
    said: { by: 'tusd', id: createHash('sha256').update(url).digest('hex') },
    source,
    url,
    procedure: procedure && { ...procedure, session: undefined },
  }
}

/** Two dots would climb. */
function escaped(segment: string): string {
  return /^\.{1,2}$/.test(segment) ? '' : encodeURIComponent(segment)
}

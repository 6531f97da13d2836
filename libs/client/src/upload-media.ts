import { answerOf } from './api-problem'
import type { Client } from './open-client'
import type { components } from './openapi-types'

type Schemas = components['schemas']

/** What goes with a file: the procedure to run, and how. */
export type UploadFields = Omit<Schemas['RegisterMediaForm'], 'file'>

/**
 * Uploads a video as a form.
 * @param file its bytes; `openAsBlob` of `node:fs` reads them from disk as they are sent
 * @throws ApiProblem
 */
export function uploadMedia(
  client: Client,
  file: Blob,
  fileName: string,
  fields: UploadFields = {},
): Promise<Schemas['RegisteredMedia']> {
  const form = new FormData()
  // Fields come before the file, so that the API knows them when the bytes arrive.
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value))
  form.set('file', file, fileName)
  return answerOf(client.POST('/v1/media', { body: { ...fields, file }, bodySerializer: () => form }))
}

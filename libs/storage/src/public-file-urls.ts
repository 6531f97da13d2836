import { FileUrls } from '@libs/workflow'
import { z } from 'zod'

/** The base of every URL in results: where the outside finds the API. */
export const publicUrlEnv = {
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'expected http://… or https://…' }).optional(),
  PORT: z.coerce.number().int().min(1).max(65_535).default(8080),
}

export type PublicUrlSettings = z.infer<z.ZodObject<typeof publicUrlEnv>>

/** URLs of the API's own file door. */
export class PublicFileUrls extends FileUrls {
  private readonly base: string

  constructor({ PUBLIC_URL, PORT }: PublicUrlSettings) {
    super()
    this.base = (PUBLIC_URL ?? `http://localhost:${PORT}`).replace(/\/+$/, '')
  }

  override urlOf(key: string): string {
    return `${this.base}/files/${key}`
  }

  override uploadUrlOf(token: string): string {
    return `${this.base}/uploads/${token}`
  }
}

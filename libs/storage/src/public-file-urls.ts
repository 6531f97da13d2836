import { type Clock, SettingsError } from '@libs/kernel'
import { FileUrls, type NamedFile } from '@libs/workflow'
import { z } from 'zod'
import { FileUrlSigner } from './file-url-signer'
import { fileUrlEnv } from './file-url.env'

/** The base of every URL in results: where the outside finds the API; and whether those of files are signed. */
export const publicUrlEnv = {
  ...fileUrlEnv,
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'expected http://… or https://…' }).optional(),
  PORT: z.coerce.number().int().min(1).max(65_535).default(8080),
}

export type PublicUrlSettings = z.infer<z.ZodObject<typeof publicUrlEnv>>

/** URLs of the API's own file door. */
export class PublicFileUrls extends FileUrls {
  private readonly base: string
  private readonly signer: FileUrlSigner | undefined

  /** @throws SettingsError when URLs are to be signed and there is no key, or sent on and not signed */
  constructor(settings: PublicUrlSettings, clock: Clock) {
    super()
    this.base = (settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`).replace(/\/+$/, '')
    if (settings.FILE_URL_SIGNING === 'off') {
      if (settings.FILE_URL_REDIRECT === 'off') return
      throw new SettingsError(['FILE_URL_REDIRECT: only with FILE_URL_SIGNING=on'])
    }
    const [first, ...others] = settings.FILE_URL_KEYS
    if (first === undefined) throw new SettingsError(['FILE_URL_KEYS: signing needs a key'])
    this.signer = new FileUrlSigner([first, ...others], settings.FILE_URL_EXPIRES_SECONDS, clock)
  }

  override urlOf(key: string): string {
    return `${this.base}/files/${this.signer?.sign(key) ?? key}`
  }

  override fileAt(path: string): NamedFile {
    // What was signed while URLs were is found without its pass when they no longer are.
    return this.signer?.verify(path) ?? { key: path.replace(/^~[^/]*\//, ''), expiresAtMs: undefined }
  }

  override uploadUrlOf(token: string): string {
    return `${this.base}/uploads/${token}`
  }
}

import { AppError, type Clock, SettingsError } from '@libs/kernel'
import { escapeName } from '@libs/tasks'
import { FileUrls, type NamedFile } from '@libs/workflow'
import { z } from 'zod'
import { FileUrlSigner } from './file-url-signer'
import { fileUrlEnv } from './file-url.env'
import { isBucketKey } from './storage-key'

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
  private readonly signsAll: boolean
  private readonly signer: FileUrlSigner | undefined

  /** @throws SettingsError when URLs are to be signed and there is no key, or sent on and not signed */
  constructor(settings: PublicUrlSettings, clock: Clock) {
    super()
    this.base = (settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`).replace(/\/+$/, '')
    this.signsAll = settings.FILE_URL_SIGNING === 'on'
    if (!this.signsAll && settings.FILE_URL_REDIRECT === 'on') {
      throw new SettingsError(['FILE_URL_REDIRECT: only with FILE_URL_SIGNING=on'])
    }
    const [first, ...others] = settings.FILE_URL_KEYS
    if (first === undefined && this.signsAll) throw new SettingsError(['FILE_URL_KEYS: signing needs a key'])
    if (first === undefined) return
    this.signer = new FileUrlSigner([first, ...others], settings.FILE_URL_EXPIRES_SECONDS, clock)
  }

  override urlOf(key: string, lifetimeS?: number): string {
    const signer = this.signsAll || isBucketKey(key) ? this.signer : undefined
    return `${this.base}/files/${escapeName(signer?.sign(key, lifetimeS) ?? key)}`
  }

  override fileAt(path: string): NamedFile {
    // What was signed while URLs were is found without its pass when they no longer are.
    const key = path.replace(/^~[^/]*\//, '')
    if (!this.signsAll && !isBucketKey(key)) return { key, expiresAtMs: undefined }
    if (this.signer !== undefined) return { ...this.signer.verify(path), ...(isBucketKey(key) && { mayChange: true }) }
    throw new AppError('file.forbidden', 'Files of buckets are served with a signature, and there is no key for one.')
  }

  override uploadUrlOf(token: string): string {
    return `${this.base}/uploads/${token}`
  }
}

import { UploadUrls } from '@libs/workflow'

/** A folder has no door of its own, and lends nothing. */
export class NoUploadUrls extends UploadUrls {
  override readonly place = { bucket: 'stillflow', region: 'local', keyPrefix: '' }

  override async putUrlOf(): Promise<undefined> {
    return undefined
  }

  override async lend(): Promise<undefined> {
    return undefined
  }
}

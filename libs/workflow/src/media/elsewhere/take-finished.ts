import { AppError, type SubAppId } from '@libs/kernel'
import type { RunOrder } from '../../runs/run-order'
import type { RegisteredMedia, RegisterMedia } from '../register-media'
import { contextOf, type ObjectVersion } from './object-version'
import { longestSessionMs } from '../../ports/stores/run.store.port'
import { newSourceKey } from '../source-key'
import type { SourceName } from '../source-name'

export interface FinishedFile {
  readonly subAppId: SubAppId
  /** Who says it, and what it calls this very file: nothing else is called so. */
  readonly said: { readonly by: string; readonly id: string }
  readonly source: SourceName
  /** Where its bytes are. */
  readonly url: string
  readonly procedure: (RunOrder & { readonly name: string }) | undefined
  /** The version of an object that it is, where it is one. */
  readonly versionOf?: ObjectVersion | undefined
}

/** Takes a file that another server says it has received: once, however often that is said. */
export class TakeFinished {
  constructor(private readonly registerMedia: RegisterMedia) {}

  /**
   * @returns undefined when it was said before
   * @throws AppError `procedure.notFound`, `template.notFound`, `subApp.busy`
   */
  async execute({
    subAppId,
    said,
    source,
    url,
    procedure,
    versionOf,
  }: FinishedFile): Promise<RegisteredMedia | undefined> {
    const id = this.registerMedia.nextId()
    const media = { ...source, id, subAppId, sourceKey: newSourceKey(subAppId, id, source.extension), url }
    const sourceContext = versionOf === undefined ? '' : contextOf(versionOf)
    // Senders repeat what was not answered for hours, at the most for days.
    const session = { scope: said.by, id: said.id, windowMs: longestSessionMs }
    try {
      return await this.registerMedia.execute({
        media: { ...media, sourceContext },
        procedure,
        about: { dialect: procedure?.dialect ?? '', session, versionOf },
      })
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code === 'session.duplicate') return undefined
      throw thrown
    }
  }
}

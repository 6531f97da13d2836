import { AppError, type Clock, type MediaId, type SubAppId } from '@libs/kernel'
import type { SourceStore } from '@libs/tasks'
import { Readable } from 'node:stream'
import type { SubAppWork } from '../ports/stores/unit-of-work.port'
import { newCoverKey } from './cover-file'
import type { Media, MediaFields, MediaMark } from './media'

/** Tencent Cloud VOD, "ModifyMediaInfo". */
const mostTags = 16
const mostMarks = 100

/** Takes items out, then puts others in. */
export interface Revision<Item, Name> {
  readonly clears: boolean
  readonly removes: readonly Name[]
  readonly adds: readonly Item[]
}

/** What is absent stays as it is. */
export interface MediaChange extends Partial<Pick<Media, 'name' | 'description' | 'reference'>> {
  /** `undefined`: never. */
  readonly expiresAt?: Date | undefined
  readonly tags?: Revision<string, string>
  readonly marks?: Revision<MediaMark, number>
  /** The bytes of a picture. */
  readonly cover?: Buffer
}

/** Changes what is said about a media, not what is in it. */
export class ChangeMedia {
  constructor(
    private readonly work: SubAppWork,
    private readonly clock: Clock,
    private readonly sources: SourceStore,
  ) {}

  /**
   * @returns the media as it is now
   * @throws AppError `media.notFound`, `media.tooManyTags`, `media.tooManyMarks`, `request.invalidValue` for a cover, or a
   *   reference that another media has
   */
  async execute(subAppId: SubAppId, id: MediaId, { cover, ...change }: MediaChange): Promise<Media> {
    const coverKey = cover && newCoverKey(subAppId, id, cover)
    if (cover !== undefined && coverKey !== undefined) await this.sources.put(coverKey, Readable.from([cover]))
    try {
      return await this.work.run(subAppId, async ({ media }) => {
        const current = await media.findForChange(subAppId, id)
        if (current === undefined) throw unknown(id)
        const fields: Partial<MediaFields> = {
          ...revised(current, change),
          ...(coverKey !== undefined && { coverKey }),
        }
        const updatedAt = new Date(this.clock.nowMs())
        await media.change(id, fields, updatedAt)
        return { ...current, ...fields, updatedAt }
      })
    } catch (thrown) {
      if (coverKey !== undefined) await this.sources.remove(coverKey)
      throw thrown
    }
  }
}

function revised(current: Media, { tags, marks, ...plain }: Omit<MediaChange, 'cover'>): Partial<MediaFields> {
  return {
    ...plain,
    ...(tags && { tags: revisedTags(current, tags) }),
    ...(marks && { marks: revisedMarks(current, marks) }),
  }
}

function revisedTags(current: Media, { clears, removes, adds }: Revision<string, string>): readonly string[] {
  const left = clears ? [] : current.tags.filter((tag) => !removes.includes(tag))
  const tags = [...new Set([...left, ...adds])]
  if (tags.length <= mostTags) return tags
  throw new AppError('media.tooManyTags', `A media has at most ${mostTags} tags.`, { field: 'tags' })
}

/** A mark at a time that has one takes its place. */
function revisedMarks(current: Media, { clears, removes, adds }: Revision<MediaMark, number>): readonly MediaMark[] {
  const left = clears ? [] : current.marks.filter(({ atMs }) => !removes.includes(atMs))
  const marks = new Map([...left, ...adds].map((mark) => [mark.atMs, mark]))
  if (marks.size <= mostMarks) return [...marks.values()].toSorted((a, b) => a.atMs - b.atMs)
  throw new AppError('media.tooManyMarks', `A media has at most ${mostMarks} marks.`, { field: 'marks' })
}

function unknown(id: MediaId): AppError {
  return new AppError('media.notFound', `There is no media "${id}".`, { field: 'mediaId' })
}

import type { Fault, MediaId, SubAppId } from '@libs/kernel'
import type { MediaInfo } from '@libs/tasks'
import {
  type ClaimedRemoval,
  type Cover,
  type Media,
  type MediaFields,
  type MediaQuery,
  MediaStore,
  mostCounted,
  type Page,
  referenceTaken,
  type Removal,
  type TimeSpan,
} from '@libs/workflow'
import type { MemoryTables } from './memory-tables'

function isWithin(at: Date | undefined, { after, before }: TimeSpan = {}): boolean {
  if (after === undefined && before === undefined) return true
  return at !== undefined && (after === undefined || at >= after) && (before === undefined || at < before)
}

function matches(media: Media, query: MediaQuery): boolean {
  const [name, description] = [media.name.toLowerCase(), media.description.toLowerCase()]
  const some = <Item>(items: readonly Item[] | undefined, test: (item: Item) => boolean) => items?.some(test) ?? true
  const category = media.info?.videoStreams.length === 0 ? 'audio' : 'video'
  return (
    some(query.ids, (id) => id === media.id) &&
    some(query.names, (part) => name.includes(part.toLowerCase())) &&
    some(query.namePrefixes, (prefix) => name.startsWith(prefix.toLowerCase())) &&
    some(query.descriptions, (part) => description.includes(part.toLowerCase())) &&
    some(query.tags, (tag) => media.tags.includes(tag)) &&
    some(query.extensions, (extension) => extension === media.extension) &&
    some(query.categories, (wanted) => wanted === category) &&
    isWithin(media.createdAt, query.createdAt) &&
    isWithin(media.expiresAt, query.expiresAt)
  )
}

export class MemoryMediaStore extends MediaStore {
  constructor(private readonly tables: MemoryTables) {
    super()
  }

  override async insert(media: Media): Promise<void> {
    this.tables.media.set(media.id, media)
  }

  override async find(subAppId: SubAppId, id: MediaId): Promise<Media | undefined> {
    return this.there().find((media) => media.subAppId === subAppId && media.id === id)
  }

  override async findMany(subAppId: SubAppId, ids: readonly MediaId[]): Promise<readonly Media[]> {
    return this.there().filter((media) => media.subAppId === subAppId && ids.includes(media.id))
  }

  override async findOfRun(id: MediaId): Promise<Media | undefined> {
    return this.tables.media.get(id)
  }

  override async findForRun(subAppId: SubAppId, id: MediaId): Promise<Media | undefined> {
    return this.find(subAppId, id)
  }

  override async findByReference(subAppId: SubAppId, reference: string): Promise<Media | undefined> {
    return this.there().find((media) => media.subAppId === subAppId && media.reference === reference)
  }

  override async findForChange(subAppId: SubAppId, id: MediaId): Promise<Media | undefined> {
    return this.find(subAppId, id)
  }

  override async search(subAppId: SubAppId, query: MediaQuery): Promise<Page<Media>> {
    const found = this.there().filter((media) => media.subAppId === subAppId && matches(media, query))
    const sorted = found.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1))
    const items = query.order === 'ascending' ? sorted : sorted.toReversed()
    return {
      totalCount: Math.min(mostCounted, items.length),
      items: items.slice(query.offset, query.offset + query.limit),
    }
  }

  override async change(id: MediaId, fields: Partial<MediaFields>, at: Date): Promise<void> {
    const media = this.tables.media.get(id)
    if (fields.reference !== undefined && media !== undefined) {
      const holder = await this.findByReference(media.subAppId, fields.reference)
      if (holder !== undefined && holder.id !== id) throw referenceTaken()
    }
    if (media !== undefined) this.tables.media.set(id, { ...media, ...fields, updatedAt: at })
  }

  override async becomeReady(id: MediaId, info: MediaInfo): Promise<void> {
    this.endIngest(id, { state: 'ready', info })
  }

  override async becomeFailed(id: MediaId, fault: Fault): Promise<void> {
    this.endIngest(id, { state: 'failed', fault })
  }

  override async setCovers(covers: readonly Cover[]): Promise<void> {
    for (const { mediaId, key } of covers) {
      const media = this.tables.media.get(mediaId)
      if (media !== undefined) this.tables.media.set(mediaId, { ...media, coverKey: key })
    }
  }

  override async markDeleted(id: MediaId, at: Date): Promise<void> {
    this.tables.deleted.set(id, at)
  }

  override async lockExpired(limit: number, at: Date): Promise<readonly Media[]> {
    const expired = this.there().filter(({ expiresAt }) => expiresAt !== undefined && expiresAt <= at)
    return expired.slice(0, limit)
  }

  override async insertRemoval(removal: Removal, at: Date): Promise<void> {
    const id = `removal-${this.tables.removals.size}`
    this.tables.removals.set(id, { removal: { ...removal, id, isSecondLook: false }, dueAt: at })
  }

  override async claimRemovals(limit: number, at: Date, againAt: Date): Promise<readonly ClaimedRemoval[]> {
    const due = [...this.tables.removals.values()].filter(({ dueAt }) => dueAt <= at).slice(0, limit)
    for (const { removal } of due) this.tables.removals.set(removal.id, { removal, dueAt: againAt })
    return due.map(({ removal }) => removal)
  }

  override async lookAgain(removalId: string, at: Date): Promise<void> {
    const row = this.tables.removals.get(removalId)
    if (row === undefined) return
    this.tables.removals.set(removalId, { removal: { ...row.removal, isSecondLook: true }, dueAt: at })
  }

  override async endRemoval(removalId: string): Promise<void> {
    this.tables.removals.delete(removalId)
  }

  private there(): readonly Media[] {
    return [...this.tables.media.values()].filter(({ id }) => !this.tables.deleted.has(id))
  }

  private endIngest(id: MediaId, change: Partial<Media>): void {
    const media = this.tables.media.get(id)
    if (media?.state === 'ingesting') this.tables.media.set(id, { ...media, ...change })
  }
}

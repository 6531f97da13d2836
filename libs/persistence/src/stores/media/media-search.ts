import type { SubAppId } from '@libs/kernel'
import type { MediaQuery, TimeSpan } from '@libs/workflow'

/** A condition of a statement, with the values that its places stand for. */
export interface Conditions {
  readonly text: string
  readonly values: readonly unknown[]
}

const categories = {
  video: `(info is null or jsonb_array_length(info->'videoStreams') > 0)`,
  audio: `jsonb_array_length(info->'videoStreams') = 0`,
} as const

/** What a search asks of a media, as SQL; texts are matched as they are, whatever wildcards they hold. */
export function conditionsOf(subAppId: SubAppId, query: MediaQuery): Conditions {
  const values: unknown[] = [subAppId]
  const conditions = ['sub_app_id = $1', 'deleted_at is null']
  const ask = (condition: (place: string) => string, value: unknown): void => {
    if (value === undefined) return
    values.push(value)
    conditions.push(condition(`$${values.length}`))
  }
  const span = (column: string, { after, before }: TimeSpan = {}): void => {
    ask((place) => `${column} >= ${place}`, after)
    ask((place) => `${column} < ${place}`, before)
  }
  ask((place) => `id = any(${place}::text[])`, query.ids)
  ask(
    (place) => `name ilike any(${place}::text[])`,
    query.names?.map((name) => `%${literal(name)}%`),
  )
  ask(
    (place) => `name ilike any(${place}::text[])`,
    query.namePrefixes?.map((prefix) => `${literal(prefix)}%`),
  )
  ask(
    (place) => `description ilike any(${place}::text[])`,
    query.descriptions?.map((text) => `%${literal(text)}%`),
  )
  ask((place) => `tags && ${place}::text[]`, query.tags)
  ask((place) => `extension = any(${place}::text[])`, query.extensions)
  span('created_at', query.createdAt)
  span('expires_at', query.expiresAt)
  if (query.categories !== undefined) {
    const alternatives = query.categories.map((category) => categories[category])
    conditions.push(alternatives.length === 0 ? 'false' : `(${alternatives.join(' or ')})`)
  }
  return { text: conditions.join(' and '), values }
}

function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

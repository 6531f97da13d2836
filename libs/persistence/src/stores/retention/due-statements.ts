import type { KeptPart } from '@libs/workflow'

/** What is due of a part, and what becomes of it. In all of it $1 are ids, $2 is when the sweep began, $3 … are days. */
interface DuePart {
  readonly table: string
  /** The table and what has to be looked at beside it. */
  readonly from: string
  readonly condition: string
  /** Key of the files that go, or null. */
  readonly key?: string
  readonly bytes?: string
  /** What holds off others that could still change its mind, beside the rows' own lock. */
  readonly lockAlso?: string
  /** Expressions over `due`, which has `id`, `media_id` and `key`. */
  readonly gives: readonly string[]
}

const ago = (place: string) => `$2::timestamptz - make_interval(days => ${place}::integer)`

/** It has made pictures, and they are its own: in a bucket they are the caller's. */
const ownsPictures = `task.state = 'succeeded' and task.kind <> 'ingest' and task.request->>'bucket' is null`

/** An event that tells of a run waits to be delivered or pulled. */
const isUntold = (runId: string) => `exists (
    select from event where event.subject_id = ${runId} and (
      exists (select from pull_event where pull_event.event_id = event.id)
      or exists (select from delivery where delivery.event_id = event.id and delivery.state in ('pending', 'sending'))
    ))`

const isCover = (folder: string) => `coalesce(starts_with(media.cover_key, ${folder} || '/'), false)`

const taskFolder = `format('artifacts/%s/%s/%s', task.sub_app_id, task.run_id, task.id)`
const runFolder = `format('artifacts/%s/%s', run.sub_app_id, run.id)`

/** The one that the catalogue shows instead; those that one run has made of a template are one set. */
const isReplaced = `task.definition is not null and exists (
    select from task as newer
    where newer.media_id = task.media_id and newer.kind = task.kind and newer.definition = task.definition
      and newer.state = 'succeeded' and newer.discarded_at is null and newer.run_id <> task.run_id
      and (newer.finished_at, newer.id) > (task.finished_at, task.id) and newer.finished_at <= ${ago('$4')})`

/** The files of a media's cover go when it gets another: they are found by who looks for files without rows. */
const results: DuePart = {
  table: 'task',
  from: `task join media on media.id = task.media_id left join template on template.definition = task.definition`,
  condition: `task.state = 'succeeded' and task.kind <> 'ingest' and task.discarded_at is null
    and (task.finished_at <= ${ago('coalesce(template.retain_results_days, $3)')} or ${isReplaced})
    and not ${isUntold('task.run_id')}`,
  key: `case when media.deleted_at is null and ${ownsPictures} and not ${isCover(taskFolder)} then ${taskFolder} end`,
  bytes: `(select sum(size::bigint) from jsonb_path_query(task.output, 'strict $.**.sizeBytes') as size)`,
  gives: [`moved as (update task set discarded_at = $2 from due where task.id = due.id)`],
}

const sources: DuePart = {
  table: 'media',
  from: 'media',
  condition: `media.created_at <= ${ago('$3')} and media.deleted_at is null and media.source_discarded_at is null
    and media.state <> 'ingesting' and starts_with(media.source_key, 'sources/')
    and not exists (select from run where run.media_id = media.id and run.state in ('waiting', 'processing'))`,
  key: `format('sources/%s/%s', media.sub_app_id, media.id)`,
  bytes: `(media.info->>'sizeBytes')::bigint`,
  gives: [`moved as (update media set source_discarded_at = $2 from due where media.id = due.id)`],
}

/** Whoever redelivers an event locks its delivery, and is seen after he was waited for. */
const events: DuePart = {
  table: 'event',
  from: 'event',
  condition: `event.created_at <= ${ago('$3')}
    and not exists (select from pull_event where pull_event.event_id = event.id)
    and not exists (select from delivery where delivery.event_id = event.id and delivery.state in ('pending', 'sending'))`,
  lockAlso: 'select from delivery where event_id = any($1::text[]) order by event_id for update',
  gives: [
    `told as (delete from delivery using due where delivery.event_id = due.id)`,
    `gone as (delete from event using due where event.id = due.id)`,
  ],
}

const media: DuePart = {
  table: 'media',
  from: 'media',
  condition: `media.deleted_at <= ${ago('$3')}
    and not exists (select from run where run.media_id = media.id)
    and not exists (select from removal where removal.media_id = media.id)`,
  gives: [`gone as (delete from media using due where media.id = due.id)`],
}

/** What was given up in this very sweep holds its run until the next one: so none makes the other due. */
const runs: DuePart = {
  table: 'run',
  from: 'run join media on media.id = run.media_id',
  condition: `run.state in ('finished', 'aborted') and run.finished_at <= ${ago('$3')} and (
    media.deleted_at is not null or not (
      ${isCover(runFolder)} or exists (
        select from task
        where task.run_id = run.id and ${ownsPictures} and (task.discarded_at is null or task.discarded_at >= $2))))`,
  key: `case when run.type = 'process' then ${runFolder} end`,
  gives: [
    `tasks as (delete from task using due where task.run_id = due.id)`,
    `gone as (delete from run using due where run.id = due.id)`,
  ],
}

export const dueParts: Readonly<Record<KeptPart, DuePart>> = { results, sources, events, media, runs }

export const pageOf = ({ table }: DuePart) => `select id from ${table} where id > $1 order by id limit $2`

const where = ({ table, from, condition }: DuePart) =>
  `from ${from} where ${table}.id = any($1::text[]) and (${condition})`

export const lockDue = (part: DuePart) =>
  `select ${part.table}.id ${where(part)} order by ${part.table}.id for update of ${part.table} skip locked`

const figures = `select count(*)::integer as rows, coalesce(sum(bytes) filter (where key is not null), 0)::bigint as bytes from due`

function due(part: DuePart): string {
  const { table, key = 'null::text', bytes = '0' } = part
  const mediaId = table === 'event' ? 'null::text' : table === 'media' ? 'media.id' : `${table}.media_id`
  return `due as (select ${table}.id, ${mediaId} as media_id, ${key} as key, ${bytes} as bytes ${where(part)})`
}

export const lookAtDue = (part: DuePart) => `with ${due(part)} ${figures}`

/** Asks once more what is due: what came before the locks is seen now, and nothing comes after them. */
export const discardDue = (part: DuePart) => `
  with ${[due(part), ...part.gives, queueRemovals].join(', ')} ${figures}`

/** The transaction that gives a row up has its files removed, whatever happens next. */
const queueRemovals = `queued as (
    insert into removal (id, media_id, keys, dialect, is_second_look, due_at)
    select gen_random_uuid()::text, media_id, array[key], '', false, $2 from due where key is not null)`

export const beginPass = `
  insert into janitor_pass (name, begun_at) values ('all', $1)
  on conflict (name) do update set begun_at = $1 where janitor_pass.begun_at <= $2
  returning name`

import type { FileOwner } from '@libs/workflow'

const owners = `unnest($1::text[], $2::text[]) as owner(folder, id)`

/** A row that is what the folder says: same id, same sub-application. */
const mediaOf = (root: string) => `
    select from media
    where media.id = owner.id and media.deleted_at is null
      and owner.folder = format('${root}/%s/%s', media.sub_app_id, media.id)`

const announced = `exists (select from upload where upload.media->>'id' = owner.id)`

/** Which folders no row stands for, of each kind. $1 are folders, $2 the ids that they are named by. */
export const abandoned: Readonly<Record<FileOwner['kind'], string>> = {
  source: `
  select folder from ${owners}
  where not ${announced} and not exists (${mediaOf('sources')} and media.source_discarded_at is null)`,

  cover: `
  select folder from ${owners} where not ${announced} and not exists (${mediaOf('covers')})`,

  upload: `
  select folder from ${owners}
  where not exists (
    select from upload
    where upload.token = owner.id and owner.folder = format('uploads/%s/%s', upload.sub_app_id, upload.token))`,

  // An attempt that its task did not end with is of a worker that was thought dead.
  attempt: `
  select folder from ${owners}
  where not exists (
    select from task join media on media.id = task.media_id
    where task.id = owner.id
      and starts_with(owner.folder, format('artifacts/%s/%s/%s/', task.sub_app_id, task.run_id, task.id))
      and (task.state in ('waiting', 'dispatched') or media.deleted_at is null and (
        task.discarded_at is null and position('"' || owner.folder || '/' in task.output::text) > 0
        or starts_with(media.cover_key, owner.folder || '/'))))`,
}

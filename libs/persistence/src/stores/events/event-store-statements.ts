/** The event, and in the same statement the way it goes; one that is there already goes no way again. */
export const insertEvents = `
  with entry as (
    select * from jsonb_to_recordset($1::jsonb) as entry(id text, sub_app_id integer, dialect text, subject_id text,
      state_key text, body text, created_at timestamptz, mode text, url text, webhook_id text)
  ), inserted as (
    insert into event (id, sub_app_id, dialect, subject_id, state_key, body, created_at)
    select id, sub_app_id, dialect, subject_id, state_key, body, created_at from entry
    on conflict (subject_id, state_key) do nothing
    returning id
  ), pulled as (
    insert into pull_event (event_id, sub_app_id, visible_at)
    select id, sub_app_id, created_at from entry join inserted using (id) where mode = 'pull'
  ), target as (
    select distinct sub_app_id, url from entry where mode = 'push' and url <> ''
  ), made as (
    insert into endpoint (sub_app_id, url)
    select sub_app_id, url from target
    where not exists (select from endpoint where (sub_app_id, url) = (target.sub_app_id, target.url))
    on conflict (sub_app_id, url) do update set url = excluded.url
    returning id, sub_app_id, url
  ), address as (
    select id, sub_app_id, url from endpoint join target using (sub_app_id, url) union select id, sub_app_id, url from made
  )
  insert into delivery (event_id, sub_app_id, endpoint_id, state, attempt, token, due_at, webhook_id)
  select entry.id, sub_app_id, address.id, 'pending', 0, 0, created_at, webhook_id
  from entry join inserted using (id) join address using (sub_app_id, url) where mode = 'push'`

/** Every pull mints a handle, in the 19 decimal digits that the vendor's clients have seen. */
export const pull = `
  with taken as (
    select event_id from pull_event where sub_app_id = $1 and visible_at <= $3
    order by visible_at, event_id limit $2 for update skip locked
  ), hidden as (
    update pull_event
    set visible_at = $4, handle = (1000000000000000000 + floor(random() * 8000000000000000000)::bigint)::text
    from taken where pull_event.event_id = taken.event_id
    returning pull_event.event_id, pull_event.handle
  )
  select hidden.handle, event.body from hidden join event on event.id = hidden.event_id
  order by event.created_at, event.id`

/** Ids begin with the time at which they were made, so the primary key finds the oldest. */
export const forgetUnpulled = `
  delete from pull_event where event_id in (
    select event_id from pull_event
    where event_id < lpad(to_hex(floor(extract(epoch from $1::timestamptz) * 1000)::bigint), 12, '0')
    order by event_id limit $2 for update skip locked
  )`

export const confirm = `
  delete from pull_event where sub_app_id = $1 and handle = any($2::text[]) and visible_at > $3
  returning handle`

/** Attempts whose deliverer has died. */
export const endLeases = `update delivery set state = 'pending' where state = 'sending' and due_at <= $1`

/** Each endpoint gives its oldest deliveries, as many as it has room for; first comes the first one of each, and so on. */
export const claim = `
  with room as (
    select id, sub_app_id, url, case when failures_in_a_row >= $5::integer then 1 else $4::integer end
      - (select count(*) from delivery where endpoint_id = endpoint.id and state = 'sending')::integer as free
    from endpoint
    where disabled_at is null and (resume_at is null or resume_at <= $2)
      and exists (select from delivery where endpoint_id = endpoint.id and state = 'pending' and due_at <= $2)
  ), due as (
    select candidate.event_id, candidate.webhook_id, room.url
    from room cross join lateral (
      select event_id, webhook_id, due_at, row_number() over (order by due_at, event_id) as place from (
        select event_id, webhook_id, due_at from delivery
        where endpoint_id = room.id and state = 'pending' and due_at <= $2
        order by due_at limit greatest(room.free, 0) for update skip locked
      ) as locked
    ) as candidate
    order by candidate.place, candidate.due_at limit $1
  )
  update delivery set state = 'sending', attempt = delivery.attempt + 1, token = delivery.token + 1, due_at = $3
  from due join event on event.id = due.event_id left join event_config using (sub_app_id)
    left join webhook on webhook.id = due.webhook_id left join run on run.id = event.subject_id
  where delivery.event_id = due.event_id
  returning delivery.event_id as "eventId", delivery.sub_app_id as "subAppId", due.url, delivery.attempt, delivery.token, event.dialect, event.body,
    coalesce(event_config.sign_key, '') as "signKey", coalesce(event_config.secret, '') as secret,
    webhook.id as "webhookId", webhook.secret as "webhookSecret",
    run.id as "runId", run.request_id as "requestId", run.traceparent`

/** Who lost the lease must not overwrite who holds it. */
const held = `event_id = $1 and token = $2 and state in ('pending', 'sending')`

export const markDelivered = `
  with ended as (
    update delivery set state = 'delivered', delivered_at = $3, last_status = null, last_reason = null
    where ${held} returning endpoint_id
  )
  update endpoint set failures_in_a_row = 0, failing_since = null
  from ended where endpoint.id = ended.endpoint_id and failing_since is not null`

const health = `failures_in_a_row as "failuresInARow", failing_since as "failingSince", resume_at as "resumeAt",
  disabled_at as "disabledAt", disabled_reason as "disabledReason"`

export const lockEndpoint = `
  select ${health} from endpoint where id = (select endpoint_id from delivery where ${held}) for no key update`

export const markFailed = `
  with failed as (
    update delivery
    set last_status = $3::smallint, last_reason = $4,
        state = case when $5::timestamptz is null then 'dead' else 'pending' end,
        due_at = coalesce($5::timestamptz, due_at)
    where ${held} returning endpoint_id
  )
  update endpoint
  set failures_in_a_row = $6, failing_since = $7, resume_at = $8, disabled_at = $9, disabled_reason = $10
  from failed where endpoint.id = failed.endpoint_id`

export const findEndpoint = `select ${health} from endpoint where sub_app_id = $1 and url = $2`

export const refreshEndpoint = `
  insert into endpoint (sub_app_id, url) values ($1, $2)
  on conflict (sub_app_id, url) do update
  set failures_in_a_row = 0, failing_since = null, resume_at = null, disabled_at = null, disabled_reason = null`

export const list = `
  select event_id as "eventId", url, state, attempt, due_at as "dueAt", last_status as "lastStatus",
    last_reason as "lastReason", delivered_at as "deliveredAt"
  from delivery join endpoint on endpoint.id = endpoint_id
  where delivery.sub_app_id = $1 and state = $2 and ($3::text is null or event_id < $3)
  order by event_id desc limit $4`

export const redeliver = `
  with redelivered as (
    update delivery
    set state = 'pending', attempt = 0, due_at = $3, delivered_at = null, endpoint_id = coalesce((
      select endpoint.id from event_config join endpoint using (sub_app_id, url)
      where sub_app_id = $1 and mode = 'push' and delivery.webhook_id is null
      union all
      select endpoint.id from webhook join endpoint using (sub_app_id, url) where webhook.id = delivery.webhook_id
    ), endpoint_id)
    where event_id = $2 and sub_app_id = $1 and state in ('dead', 'delivered')
  )
  select from delivery where event_id = $2 and sub_app_id = $1`

export const backlog = `
  select count(*)::integer as count, min(due_at) as since,
    (select count(*)::integer from endpoint where disabled_at is not null) as disabled
  from delivery join endpoint on endpoint.id = endpoint_id
  where state = 'pending' and due_at <= $1 and failing_since is null and disabled_at is null`

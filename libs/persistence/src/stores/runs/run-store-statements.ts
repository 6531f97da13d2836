/** The statements that guarantees hang on, in one place to be read together. Every move names the state it leaves. */

/** The run and its tasks in one statement: accepting is a caller's wait. */
export const insertRun = `
  with inserted as (
    insert into run (id, sub_app_id, type, media_id, dialect, procedure_name, state, notify_mode, priority,
                     session_context, session_id, created_at, next_run_id, callback_url,
                     user_data, queue, written, request_id, traceparent)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $15, $16, $17, $18, $19, $20, $21)
    returning id, sub_app_id, media_id, priority, queue
  )
  insert into task (id, run_id, sub_app_id, media_id, kind, position, definition, state, generation, tries, priority,
                    queue, settings, request, due_at)
  select t.id, run.id, run.sub_app_id, run.media_id, t.kind, t.position, t.definition, 'waiting', 0, 0, run.priority,
         run.queue, t.settings, t.request, $14
  from inserted as run, jsonb_to_recordset($13::jsonb)
    as t(id text, kind text, position smallint, definition integer, settings jsonb, request jsonb)`

/** One statement, so that two calls with one session cannot both win. */
export const claimSession = `
  insert into session (sub_app_id, scope, session_id, run_id, created_at)
  values ($1, $2, $3, $4, $5)
  on conflict (sub_app_id, scope, session_id) do update
    set run_id = excluded.run_id, created_at = excluded.created_at
    where session.created_at <= $6
  returning run_id`

export const forgetSessions = `
  delete from session where ctid in (
    select ctid from session where created_at < $1 limit $2 for update skip locked
  )`

export const lockTasks = (columns: string) => `
  select ${columns} from task join run on run.id = task.run_id join media on media.id = task.media_id
  where task.id = any($1::text[]) order by task.id for update of task`

/**
 * As `lockTasks`: whoever settled one of them meanwhile has the word, for its new state is looked at again. Each wish has an
 * index of its own, and both are empty nearly always.
 */
export const lockAborted = (columns: string) => `
  select ${columns}, run.abort_asked_at is not null as with_run
  from task join run on run.id = task.run_id join media on media.id = task.media_id
  where task.state = any($2::text[]) and task.id = any(array(
    (
      select task.id from run join task on task.run_id = run.id
      where run.abort_asked_at is not null and run.finished_at is null and task.state = any($2::text[])
      order by task.id limit $1
    )
    union all
    (
      select id from task
      where abort_asked_at is not null and finished_at is null and state = any($2::text[]) order by id limit $1
    )
  ))
  order by task.id limit $1 for update of task`

export const reportsOf = (columns: string) => `
  select ${columns} from task join run on run.id = task.run_id where run.id = any($1::text[]) order by task.position`

export const claimOverdue = `
  update task set look_at = $3
  where id in (
    select id from task where state = 'dispatched' and look_at <= $2 order by look_at limit $1 for update skip locked
  )
  returning id, generation, kind`

export const succeedTasks = `
  update task
  set state = 'succeeded', output = moved.output, fault = null, progress_percent = 100, finished_at = $2, look_at = null
  from jsonb_to_recordset($1::jsonb) as moved(id text, generation integer, output jsonb)
  where task.id = moved.id and task.generation = moved.generation and task.state = 'dispatched'`

export const failTasks = `
  update task set state = 'failed', fault = moved.fault, finished_at = $2, look_at = null, due_at = null
  from jsonb_to_recordset($1::jsonb) as moved(id text, generation integer, state text, fault jsonb)
  where task.id = moved.id and task.generation = moved.generation
    and task.state = moved.state and task.state = any($3::text[])`

export const postponeTasks = `
  update task set state = 'waiting', tries = moved.tries, due_at = moved.due_at, look_at = null
  from jsonb_to_recordset($1::jsonb) as moved(id text, generation integer, tries smallint, due_at timestamptz)
  where task.id = moved.id and task.generation = moved.generation and task.state = 'dispatched'`

/** Waits for nobody: a task that is being settled has no use for it, and two writers of many rows could block each other. */
export const recordProgress = `
  update task set progress_percent = further.percent, frames_done = further."framesDone", frames = further.frames
  from (
    select task.id, told.percent, told."framesDone", told.frames
    from jsonb_to_recordset($1::jsonb)
      as told("taskId" text, generation integer, percent smallint, "framesDone" integer, frames integer)
    join task on task.id = told."taskId" and task.generation = told.generation
    where task.state = 'dispatched' and task.progress_percent < told.percent
    for update of task skip locked
  ) as further
  where task.id = further.id`

/** A run that ends first is not asked any more; the lock of its row decides. */
export const askAbort = `
  update run set abort_asked_at = coalesce(abort_asked_at, $3)
  where id = $1 and sub_app_id = $2 and type = 'process' and state = any($4::text[])
  returning id`

/** As `askAbort`, by the lock of the task's row. */
export const askTaskAbort = `
  update task set abort_asked_at = coalesce(abort_asked_at, $3)
  where id = $1 and sub_app_id = $2 and kind <> 'ingest' and state = any($4::text[])
  returning id`

export const askAbortOfMedia = `
  update run set abort_asked_at = coalesce(abort_asked_at, $2)
  where media_id = $1 and type = 'process' and state = any($3::text[])`

export const releaseTasksOf = `
  update task set due_at = $2 where media_id = $1 and state = 'waiting' and due_at is null`

/** A statement of its own before the next one: what is seen after waiting for a lock is the next statement's view. */
export const lockRuns = `select id from run where id = any($1::text[]) order by id for update`

export const finishEnded = `
  update run
  set state = case when abort_asked_at is not null and exists (
        select from task where task.run_id = run.id and task.state = 'failed' and task.fault->>'code' = 'task.aborted'
      ) then 'aborted' else 'finished' end,
      started_at = coalesce(started_at, $2), finished_at = $2
  where id = any($1::text[]) and state = any($3::text[])
    and not exists (select from task where task.run_id = run.id and task.state = any($4::text[]))
  returning id`

/** Each part has an index of its own, of which none holds what has ended. */
export const countOpen = `
  select kind, state, sum(count)::integer as count, min(since) as since from (
    select kind, state, count(*) as count, min(due_at) as since from task
    where state = 'waiting' and queue is null and due_at is not null and due_at <= $1 group by kind, state
    union all
    select kind, state, count(*), min(due_at) from task
    where state = 'waiting' and queue is not null and due_at <= $1 group by kind, state
    union all
    select kind, state, count(*), min(started_at) from task where state = 'dispatched' group by kind, state
  ) as part
  group by kind, state`

/** From the few runs that are open to their tasks, and no further than the limit, however many there are of either. */
export const countWaiting = `
  select count(*)::integer as count from (
    select from run cross join lateral (
      select from task where task.run_id = run.id and task.state = 'waiting' offset 0
    ) as waiting
    where run.sub_app_id = $1 and run.state in ('waiting', 'processing') limit $2
  ) as counted`

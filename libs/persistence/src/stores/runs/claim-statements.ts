/** How due tasks are chosen and claimed. A limit holds because of both statements: the first one's locks, the second one's view. */

/**
 * Locks the queues that tasks wait in, until the claims that go by them are committed. A statement of its own before the
 * next one: whoever held a lock before has committed what he claimed, and the next statement's view has it. A queue that
 * another dispatcher holds is left to him. Where no task waits in a queue it is one look into an index.
 */
export const lockQueues = `
  with recursive waiting as (
    (
      select sub_app_id, queue from task where state = 'waiting' and queue is not null
      order by sub_app_id, queue limit 1
    )
    union all
    select next.sub_app_id, next.queue
    from waiting cross join lateral (
      select sub_app_id, queue from task
      where state = 'waiting' and queue is not null and (sub_app_id, queue) > (waiting.sub_app_id, waiting.queue)
      order by sub_app_id, queue limit 1
    ) as next
  )
  select named_queue.sub_app_id as "subAppId", named_queue.name
  from named_queue join waiting on waiting.sub_app_id = named_queue.sub_app_id and waiting.queue = named_queue.name
  where not named_queue.paused
  order by named_queue.sub_app_id, named_queue.name
  for no key update of named_queue skip locked`

/**
 * What is due, ranked: each lane is what one sub-application has due of one kind, by priority and age. Lanes take turns,
 * so that a long one delays nobody else; what a lane has at the queue already counts as its first turns, and chance
 * decides among lanes in the same turn, for any rule would leave one of them out for ever when there is room for few.
 * `places` is the room that a kind has. However long the backlog is, the index gives the lanes by leaps and each lane's
 * head at once.
 *
 * Of a named queue no more comes into its lanes than the queue has room for (`free`, null where it has no limit); tasks
 * of kinds that have no room leave that to others.
 */
const rankedDue = `
  held as materialized (
    select kind, sub_app_id, count(*) as tasks from task where state = 'dispatched' group by kind, sub_app_id
  ), room as materialized (
    select kind, greatest(0, depth - coalesce((
      select sum(tasks)::integer from held where held.kind = asked.kind
    ), 0)) as places
    from unnest($1::text[], $2::integer[]) as asked(kind, depth)
  ), lane as (
    select kind, places, (
      select min(sub_app_id) from task
      where state = 'waiting' and due_at is not null and queue is null and kind = room.kind
    ) as sub_app_id
    from room
    union all
    select kind, places, (
      select min(sub_app_id) from task
      where state = 'waiting' and due_at is not null and queue is null and kind = lane.kind
        and sub_app_id > lane.sub_app_id
    )
    from lane where sub_app_id is not null
  ), open_queue as materialized (
    select locked.sub_app_id, locked.name, named_queue.priority,
           case when named_queue.task_limit is not null then greatest(0, named_queue.task_limit - (
             select count(*) from task
             where state = 'dispatched' and task.sub_app_id = locked.sub_app_id and task.queue = locked.name
           )) end as free
    from unnest($5::integer[], $6::text[]) as locked(sub_app_id, name)
    join named_queue on named_queue.sub_app_id = locked.sub_app_id and named_queue.name = locked.name
    where not named_queue.paused
  ), queued as materialized (
    select room.kind, room.places, open_queue.sub_app_id, head.id, open_queue.priority + head.priority as priority,
           head.due_at, open_queue.free, row_number() over (
             partition by open_queue.sub_app_id, open_queue.name
             order by head.number > room.places, head.priority desc, head.due_at, head.id
           ) as place
    from open_queue cross join room cross join lateral (
      select id, priority, due_at, row_number() over (order by priority desc, due_at, id) as number
      from task
      where state = 'waiting' and due_at <= $3 and sub_app_id = open_queue.sub_app_id and queue = open_queue.name
        and kind = room.kind
      order by priority desc, due_at, id
      limit least(room.places, open_queue.free) + 1
    ) as head
  ), due as (
    select lane.kind, lane.places, lane.sub_app_id, head.id, head.priority, head.due_at
    from lane cross join lateral (
      select id, priority, due_at
      from task
      where state = 'waiting' and due_at <= $3 and queue is null and kind = lane.kind and sub_app_id = lane.sub_app_id
      order by priority desc, due_at, id
      limit lane.places + 1
    ) as head
    union all
    select kind, places, sub_app_id, id, priority, due_at from queued where free is null or place <= free
  ), turns as (
    select kind, places, id, row_number() over (partition by kind, sub_app_id order by priority desc, due_at, id)
      + coalesce((
        select tasks from held where held.kind = due.kind and held.sub_app_id = due.sub_app_id
      ), 0) as turn
    from due
  ), ranked as (
    select id, places, row_number() over (partition by kind order by turn, random()) as place from turns
  )`

/**
 * Claims of each kind as many as there is room for, and tells in any case whether more is due. The runs of what is
 * claimed have started; they are locked in the order of their ids, so that two dispatchers do not wait for each other.
 * Chosen rows are handed on as arrays: of those the planner expects few, and looks none up by reading a whole table.
 */
export const claimDue = (columns: string) => `
  with recursive ${rankedDue}, locked as (
    select task.id from task
    where task.id = any(array(select id from ranked where place <= places)) and task.state = 'waiting'
    order by task.id
    for update skip locked
  ), claimed as (
    update task
    set state = 'dispatched', generation = generation + 1, look_at = $4, due_at = null,
        started_at = coalesce(started_at, $3)
    where task.id = any(array(select id from locked))
    returning task.*
  ), started as (
    update run set state = 'processing', started_at = $3
    where id = any(array(
      select id from run
      where id = any(array(select run_id from claimed)) and state = 'waiting' order by id for update
    ))
  )
  select (
    select coalesce(bool_or(place > places), false) from ranked
  ) or (
    select coalesce(bool_or(place > free), false) from queued
  ) as more, ${columns}
  from (values (1)) as always(n)
  left join (
    claimed as task join ranked on ranked.id = task.id join run on run.id = task.run_id join media on media.id = task.media_id
  ) on true
  order by place`

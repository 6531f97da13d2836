import { clocksDifferMs, lastTurn } from '@libs/workflow'

/** How due tasks are chosen and claimed. A limit holds because of both statements: the first one's locks, the second one's view. */

const soon = `$3::timestamptz + interval '${clocksDifferMs} ms'`

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

/** What is due in named queues that have room, as part of the next statement: `$5` and `$6` are those that are locked. */
const queuedDue = `
  , open_queue as materialized (
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
             order by head.number > own.places, head.priority desc, head.due_at, head.id
           ) as place
    from open_queue cross join room
    left join held on held.kind = room.kind and held.sub_app_id = open_queue.sub_app_id
    cross join lateral (
      select case when held.tasks is null then greatest(room.places, least(room.depth, 1)) else room.places end as places
    ) as own cross join lateral (
      select id, priority, due_at, row_number() over (order by priority desc, due_at, id) as number
      from task
      where state = 'waiting' and due_at <= ${soon} and sub_app_id = open_queue.sub_app_id and queue = open_queue.name
        and kind = room.kind
      order by priority desc, due_at, id
      limit least(own.places, open_queue.free) + 1
    ) as head
  )`

/**
 * What is due, in lanes: each is what one sub-application has of one kind, by priority and age. `places` is the room that
 * a kind has. However long the backlog is, the index gives the lanes by leaps and each lane's head at once.
 *
 * Of a named queue no more comes into its lanes than the queue has room for (`free`, null where it has no limit); tasks
 * of kinds that have no room leave that to others.
 */
const due = (withQueues: boolean): string => `
  held as materialized (
    select kind, sub_app_id, count(*)::integer as tasks, min(turn) as first_turn, max(turn) as last_turn
    from task where state = 'dispatched' group by kind, sub_app_id
  ), room as materialized (
    select asked.kind, depth, greatest(0, depth - coalesce(sum(tasks)::integer, 0)) as places,
           greatest(1, max(greatest(first_turn, last_turn - tasks + 1))) as turn
    from unnest($1::text[], $2::integer[]) as asked(kind, depth) left join held on held.kind = asked.kind
    group by asked.kind, depth
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
  )${withQueues ? queuedDue : ''}, due as (
    select lane.kind, lane.places, lane.sub_app_id, head.id, head.priority, head.due_at
    from lane cross join lateral (
      select id, priority, due_at
      from task
      where state = 'waiting' and due_at <= ${soon} and queue is null and kind = lane.kind and sub_app_id = lane.sub_app_id
      order by priority desc, due_at, id
      limit greatest(lane.places, 1) + 1
    ) as head
    ${withQueues ? 'union all select kind, places, sub_app_id, id, priority, due_at from queued where free is null or place <= free' : ''}
  )`

/**
 * Lanes take turns, so that a long one delays nobody else. The turn of a lane's next task is the one behind its last at
 * the queue; a lane that has nothing there comes in with the turn that is at hand, which is that of whoever is furthest,
 * and needs no place: its task goes before what others have sent ahead. Chance decides among lanes in the same turn, for
 * any rule would leave one of them out for ever when there is room for few.
 */
const ranked = `
  numbered as (
    select kind, sub_app_id, id,
           row_number() over (partition by kind, sub_app_id order by priority desc, due_at, id)::integer as number
    from due
  ), turns as (
    select room.kind, room.depth, room.places, numbered.id, numbered.number = 1 and held.tasks is null as is_first,
           least(${lastTurn}, greatest(held.last_turn + 1, room.turn) + numbered.number - 1) as turn
    from numbered join room on room.kind = numbered.kind
    left join held on held.kind = numbered.kind and held.sub_app_id = numbered.sub_app_id
  ), placed as (
    select id, turn, places, is_first, depth, row_number() over (partition by kind order by turn, not is_first, random()) as place
    from turns
  ), ranked as materialized (
    select id, turn, place, place <= case when is_first then depth else places end as has_place from placed
  )`

/**
 * Claims of each kind as many as there is room for, and tells in any case whether more is due. The runs of what is
 * claimed have started; they are locked in the order of their ids, so that two dispatchers do not wait for each other.
 * Where no queue is locked nothing is said of queues, for to plan that takes longer than all the rest.
 * Chosen rows are handed on as arrays: of those the planner expects few, and looks none up by reading a whole table.
 */
export const claimDue = (columns: string, withQueues: boolean): string => `
  with recursive ${due(withQueues)}, ${ranked}, locked as (
    select task.id from task
    where task.id = any(array(select id from ranked where has_place)) and task.state = 'waiting'
    order by task.id
    for update skip locked
  ), claimed as (
    update task
    set state = 'dispatched', generation = generation + 1, turn = ranked.turn, look_at = $4, due_at = null,
        started_at = coalesce(started_at, $3)
    from ranked
    where task.id = any(array(select id from locked)) and ranked.id = task.id
    returning task.*, ranked.place
  ), started as (
    update run set state = 'processing', started_at = $3
    where id = any(array(
      select id from run
      where id = any(array(select run_id from claimed)) and state = 'waiting' order by id for update
    ))
  )
  select (
    select coalesce(bool_or(not has_place), false) from ranked
  ) ${withQueues ? 'or (select coalesce(bool_or(place > free), false) from queued)' : ''} as more, ${columns}
  from (values (1)) as always(n)
  left join (
    claimed as task join run on run.id = task.run_id join media on media.id = task.media_id
  ) on true
  order by place`

import type { MigrationInterface, QueryRunner } from 'typeorm'
import { buildWall } from './sub-app-wall'

const up = [
  `create table named_queue (
    sub_app_id integer not null,
    name text not null,
    comment text not null,
    task_limit integer,
    priority smallint not null,
    paused boolean not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint named_queue_pk primary key (sub_app_id, name)
  )`,
  ...buildWall({ table: 'named_queue', rights: 'select, insert, update, delete' }),
  `alter table run add column queue text`,
  `alter table task add column queue text`,
  // Tasks of queues are found by their queue; those of none are in an index without them, however many a pause holds back.
  `create index task_in_queue on task (sub_app_id, queue, kind, priority desc, due_at)
    where state = 'waiting' and queue is not null`,
  `create index task_of_queue on task (sub_app_id, queue) where state = 'dispatched' and queue is not null`,
  `drop index task_due`,
  `create index task_due on task (kind, sub_app_id, priority desc, due_at)
    where state = 'waiting' and due_at is not null and queue is null`,
]

const down = [
  `drop index task_due`,
  `create index task_due on task (kind, sub_app_id, priority desc, due_at)
    where state = 'waiting' and due_at is not null`,
  `alter table task drop column queue`,
  `alter table run drop column queue`,
  `drop table named_queue`,
]

export class NameQueues1795780000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement)
  }
}

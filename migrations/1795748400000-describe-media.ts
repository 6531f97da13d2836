import type { MigrationInterface, QueryRunner } from 'typeorm'

const columns = [
  [`description text not null default ''`, 'description'],
  [`source_context text not null default ''`, 'source_context'],
  [`tags text[] not null default '{}'`, 'tags'],
  [`marks jsonb not null default '[]'`, 'marks'],
] as const

const indexes = [
  `create index media_created on media (sub_app_id, created_at, id) where deleted_at is null`,
  `create index media_expiring on media (expires_at) where expires_at is not null and deleted_at is null`,
  `create index run_created on run (sub_app_id, created_at, id)`,
  `create index run_finished on run (sub_app_id, finished_at, id)`,
  `create index run_open on run (sub_app_id, state, created_at, id) where state in ('waiting', 'processing')`,
  `create index run_of_media on run (media_id, created_at, id)`,
  `create index task_latest on task (media_id, kind, definition, finished_at) where state = 'succeeded'`,
]

const up = [
  ...columns.map(([column]) => `alter table media add column ${column}`),
  ...columns.map(([, name]) => `alter table media alter column ${name} drop default`),
  `alter table media add column updated_at timestamptz`,
  `update media set updated_at = created_at`,
  `alter table media alter column updated_at set not null`,
  `alter table media add column expires_at timestamptz`,
  `alter table media add column deleted_at timestamptz`,
  `create table removal (
    id text not null constraint removal_pk primary key,
    media_id text not null constraint removal_media_fk references media,
    cover_key text,
    parts jsonb,
    dialect text not null,
    is_second_look boolean not null,
    due_at timestamptz not null
  )`,
  `create index removal_due on removal (due_at)`,
  ...indexes,
]

const names = ['description', 'source_context', 'tags', 'marks', 'updated_at', 'expires_at', 'deleted_at']

const down = [
  `drop table removal`,
  ...['task_latest', 'run_of_media', 'run_open', 'run_finished', 'run_created', 'media_expiring', 'media_created'].map(
    (index) => `drop index ${index}`,
  ),
  ...names.map((name) => `alter table media drop column ${name}`),
]

export class DescribeMedia1795748400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement)
  }
}

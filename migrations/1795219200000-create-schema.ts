import type { MigrationInterface, QueryRunner } from 'typeorm'

const up = [
  `create table access_key (
    secret_id text not null constraint access_key_pk primary key,
    secret_key text not null,
    sub_app_id integer not null,
    created_at timestamptz not null
  )`,
  `create sequence template_definition as integer start 1000`,
  `create table template (
    definition integer not null constraint template_pk primary key,
    sub_app_id integer not null,
    template text not null,
    name text not null,
    comment text not null,
    settings jsonb not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  `create index template_of_sub_app on template (sub_app_id, template, definition)`,
  `create table procedure (
    sub_app_id integer not null,
    name text not null,
    comment text not null,
    tasks jsonb not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint procedure_pk primary key (sub_app_id, name)
  )`,
  `create table media (
    id text not null constraint media_pk primary key,
    sub_app_id integer not null,
    name text not null,
    extension text not null,
    source_key text not null,
    source_url text,
    state text not null,
    info jsonb,
    fault jsonb,
    cover_key text,
    created_at timestamptz not null
  )`,
  `create table run (
    id text not null constraint run_pk primary key,
    sub_app_id integer not null,
    type text not null,
    media_id text not null constraint run_media_fk references media,
    dialect text not null,
    procedure_name text,
    state text not null,
    notify_mode text,
    priority smallint not null,
    session_context text not null,
    session_id text not null,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz
  )`,
  `create table session (
    sub_app_id integer not null,
    scope text not null,
    session_id text not null,
    run_id text not null,
    created_at timestamptz not null,
    constraint session_pk primary key (sub_app_id, scope, session_id)
  )`,
  `create table task (
    id text not null constraint task_pk primary key,
    run_id text not null constraint task_run_fk references run,
    sub_app_id integer not null,
    media_id text not null constraint task_media_fk references media,
    kind text not null,
    position smallint not null,
    definition integer,
    state text not null,
    generation integer not null,
    tries smallint not null,
    priority smallint not null,
    settings jsonb not null,
    request jsonb not null,
    output jsonb,
    fault jsonb,
    due_at timestamptz,
    look_at timestamptz,
    started_at timestamptz,
    finished_at timestamptz
  )`,
  `create index task_of_run on task (run_id)`,
  `create index task_due on task (kind, sub_app_id, priority desc, due_at)
    where state = 'waiting' and due_at is not null`,
  `create index task_dispatched on task (look_at) where state = 'dispatched'`,
  `create index task_of_media on task (media_id) where state = 'waiting' and due_at is null`,
  `create table event (
    id text not null constraint event_pk primary key,
    sub_app_id integer not null,
    run_id text not null constraint event_run_fk references run,
    state_key text not null,
    body text not null,
    created_at timestamptz not null,
    constraint event_of_state unique (run_id, state_key)
  )`,
  `create table delivery (
    event_id text not null constraint delivery_pk primary key constraint delivery_event_fk references event,
    url text not null,
    state text not null,
    attempt smallint not null,
    due_at timestamptz not null,
    last_status smallint,
    last_reason text,
    delivered_at timestamptz
  )`,
  `create index delivery_due on delivery (due_at) where state = 'pending'`,
  `create table pull_event (
    event_id text not null constraint pull_event_pk primary key constraint pull_event_event_fk references event,
    sub_app_id integer not null,
    visible_at timestamptz not null,
    handle text
  )`,
  `create index pull_event_visible on pull_event (sub_app_id, visible_at)`,
  `create table event_config (
    sub_app_id integer not null constraint event_config_pk primary key,
    mode text not null,
    url text not null
  )`,
]

const tables = [
  'event_config',
  'pull_event',
  'delivery',
  'event',
  'task',
  'session',
  'run',
  'media',
  'procedure',
  'template',
  'access_key',
]

export class CreateSchema1795219200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.query(`drop table ${table}`)
    await runner.query('drop sequence template_definition')
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm'

const latest = (where: string) =>
  `create index task_latest on task (media_id, kind, definition, finished_at) where ${where}`

const up = [
  `alter table task add column discarded_at timestamptz`,
  `drop index task_latest`,
  latest(`state = 'succeeded' and discarded_at is null`),
  `alter table media add column source_discarded_at timestamptz`,
  `alter table removal add column keys text[]`,
  `alter table template add column retain_results_days integer`,
  `create table janitor_pass (
    name text not null constraint janitor_pass_pk primary key,
    begun_at timestamptz not null
  )`,
]

const down = [
  `drop table janitor_pass`,
  `alter table template drop column retain_results_days`,
  `alter table removal drop column keys`,
  `alter table media drop column source_discarded_at`,
  `drop index task_latest`,
  latest(`state = 'succeeded'`),
  `alter table task drop column discarded_at`,
]

export class KeepForATime1795787000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement)
  }
}

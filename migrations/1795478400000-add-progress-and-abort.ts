import type { MigrationInterface, QueryRunner } from 'typeorm'

const up = [
  `alter table task add column progress_percent smallint not null default 0`,
  `update task set progress_percent = 100 where state = 'succeeded'`,
  `alter table run add column abort_asked_at timestamptz`,
  `create index run_aborting on run (id) where abort_asked_at is not null and finished_at is null`,
]

const down = [
  `drop index run_aborting`,
  `alter table run drop column abort_asked_at`,
  `alter table task drop column progress_percent`,
]

export class AddProgressAndAbort1795478400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement)
  }
}

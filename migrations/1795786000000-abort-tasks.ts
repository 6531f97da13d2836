import type { MigrationInterface, QueryRunner } from 'typeorm'

const up = [
  `alter table task add column abort_asked_at timestamptz`,
  `create index task_aborting on task (id) where abort_asked_at is not null and finished_at is null`,
  `grant update (abort_asked_at) on task to stillflow_tenant`,
]

const down = [
  `revoke update (abort_asked_at) on task from stillflow_tenant`,
  `drop index task_aborting`,
  `alter table task drop column abort_asked_at`,
]

export class AbortTasks1795786000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement)
  }
}

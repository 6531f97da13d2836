import type { MigrationInterface, QueryRunner } from 'typeorm'

const up = [
  `alter table upload
    add column growing jsonb,
    add column holder text,
    add column held_until timestamptz,
    add column is_wanted boolean not null default false`,
  `grant delete on upload to stillflow_tenant`,
]

const down = [
  `revoke delete on upload from stillflow_tenant`,
  `alter table upload drop column growing, drop column holder, drop column held_until, drop column is_wanted`,
]

export class GrowUploads1795788000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement)
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class ProbeForReadiness1795776000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table readiness_probe (
      only_row boolean not null default true constraint readiness_probe_pk primary key check (only_row),
      probed_at timestamptz not null
    )`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table readiness_probe')
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class AdmitOnce1795744800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table admitted (
      digest text not null constraint admitted_pk primary key,
      expires_at timestamptz not null
    )`)
    await runner.query('create index admitted_expiry on admitted (expires_at)')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table admitted')
  }
}

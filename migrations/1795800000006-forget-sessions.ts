import type { MigrationInterface, QueryRunner } from 'typeorm'

export class ForgetSessions1795800000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index session_age on session (created_at)')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index session_age')
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class TraceRequests1795800000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table run add column request_id text')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table run drop column request_id')
  }
}

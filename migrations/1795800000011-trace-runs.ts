import type { MigrationInterface, QueryRunner } from 'typeorm'

export class TraceRuns1795800000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table run add column traceparent text')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table run drop column traceparent')
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class GiveTurns1795810000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table task add column turn integer')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table task drop column turn')
  }
}

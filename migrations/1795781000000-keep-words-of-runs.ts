import type { MigrationInterface, QueryRunner } from 'typeorm'

export class KeepWordsOfRuns1795781000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table run add column written text')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table run drop column written')
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm'

export class SayWhereToTell1795768000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table run add column callback_url text')
    await runner.query('alter table template add column written jsonb')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table template drop column written')
    await runner.query('alter table run drop column callback_url')
  }
}

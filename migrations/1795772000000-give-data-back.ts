import type { MigrationInterface, QueryRunner } from 'typeorm'

export class GiveDataBack1795772000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table run add column user_data text')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table run drop column user_data')
  }
}
